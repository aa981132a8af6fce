"""How a filing is refused: its line, its field, and a reason that stays the same over versions."""

from __future__ import annotations

from coop.kernel import BadInput


class FilingRefused(BadInput):
    """Figures that cannot be written, or a file that cannot be read.

    `code` is `filing_<reason>`; `line` counts from 1, 0 is the file as a whole.
    """

    def __init__(self, reason: str, *, line: int = 0, field: str = "", detail: str = "") -> None:
        super().__init__(
            f"filing_{reason}",
            "Line %(line)s, field %(field)s: %(reason)s %(detail)s",
            line=line,
            field=field,
            reason=reason,
            detail=detail,
        )
        self.reason, self.line, self.field, self.detail = reason, line, field, detail

    def __reduce__(self) -> tuple[object, ...]:
        return (_again, (self.reason, self.line, self.field, self.detail))


def _again(reason: str, line: int, field: str, detail: str) -> FilingRefused:
    return FilingRefused(reason, line=line, field=field, detail=detail)
