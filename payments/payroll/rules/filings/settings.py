"""What a layout leaves unsure: a setting with a default, its choices, and the doubt in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from payments.payroll.rules.filings.refusal import FilingRefused

ENDINGS = {"crlf": "\r\n", "lf": "\n"}
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One setting as it is shown beside a filing and kept with it."""

    name: str
    value: str
    choices: tuple[str, ...]
    doubt: str


def setting(default: str, choices: tuple[str, ...], doubt: str) -> Any:
    """A settings field; `doubt` says what is unsure and where the default comes from."""
    return field(default=default, metadata={"choices": choices, "doubt": doubt})


@dataclass(frozen=True)
class Settings:
    """Base of each format's settings: every value is one of its choices."""

    def __post_init__(self) -> None:
        for each in self.doubts():
            if each.value not in each.choices:
                raise FilingRefused("setting_unknown", field=each.name, detail=str(each.value))

    def doubts(self) -> tuple[Doubt, ...]:
        """Each unsure point, what was chosen, and why it is unsure."""
        return tuple(
            Doubt(f.name, getattr(self, f.name), f.metadata["choices"], f.metadata["doubt"])
            for f in fields(self)
        )

    def plain(self) -> dict[str, str]:
        """As stored with a filing; `chosen` reads it back."""
        return {each.name: each.value for each in self.doubts()}


Chosen = TypeVar("Chosen", bound=Settings)


def chosen(kind: type[Chosen], values: Mapping[str, str]) -> Chosen:
    """Settings from stored values; an unknown name or value is refused."""
    known = {f.name for f in fields(kind)}
    for name in values:
        if name not in known:
            raise FilingRefused("setting_unknown", field=name)
    return kind(**dict(values))
