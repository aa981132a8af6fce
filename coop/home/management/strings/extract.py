"""Read the strings marked for translation out of modules and templates."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

#: The marks, with the positions of singular, plural and context as xgettext counts them.
MARKS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_n": None,
    "now_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
TOPS = ("coop", "governance", "bookings", "payments")
#: context (or None), singular, plural (or None)
Key = tuple[str | None, str, str | None]


def every_string(root: Path) -> dict[Key, list[tuple[str, int]]]:
    """All marked strings with the places they stand in, relative to `root`."""
    found: dict[Key, list[tuple[str, int]]] = {}
    for top in TOPS:
        for path in sorted((root / top).rglob("*")):
            if path.suffix not in {".py", ".html", ".txt"} or "migrations" in path.parts:
                continue
            for line, key in _strings(path):
                found.setdefault(key, []).append((str(path.relative_to(root)), line))
    return found


def _strings(path: Path) -> list[tuple[int, Key]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        marked = templatize(text, origin=str(path))
        text = "\n".join(line.lstrip() for line in marked.splitlines())
    strings: list[tuple[int, Key]] = []
    for line, said, _comments, context in extract(
        "python", BytesIO(text.encode()), keywords=MARKS, options={"encoding": "utf-8"}
    ):
        one, many = (said[0], said[1]) if isinstance(said, tuple) else (said, None)
        if one:
            strings.append((line, (context, one, many)))
    return strings
