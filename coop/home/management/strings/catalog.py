"""The catalogues of translations: read, bring up to date, and say what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from coop.home.management.strings.extract import Key


def load(path: Path, language: str) -> Catalog:
    """The catalogue at `path`, or an empty one."""
    if not path.exists():
        return Catalog(locale=language, project="Letsema", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def merge(catalog: Catalog, found: Mapping[Key, list[tuple[str, int]]]) -> Catalog:
    """The catalogue with exactly the strings found, keeping what is translated already."""
    fresh = Catalog(locale=catalog.locale, project="Letsema", charset="utf-8", fuzzy=False)
    for (context, one, many), places in sorted(found.items(), key=lambda item: item[0][1]):
        known = catalog.get(one, context)
        text = known.string if known is not None else ""
        flags = {"python-brace-format"} & (known.flags if known is not None else set())
        fresh.add(
            (one, many) if many else one, text, context=context, flags=flags,
            locations=[(place, line) for place, line in places[:2]],
        )  # fmt: skip
    return fresh


def missing(catalog: Catalog, found: Mapping[Key, list[tuple[str, int]]]) -> list[str]:
    """The strings found that the catalogue leaves untranslated, or translates with other fields."""
    wrong = []
    for context, one, _many in found:
        message = catalog.get(one, context)
        said = message.string if message is not None else ""
        texts = list(said) if isinstance(said, tuple | list) else [said]
        if not all(texts) or (message is not None and message.fuzzy):
            wrong.append(one)
    return sorted(wrong)


def save(catalog: Catalog, path: Path) -> None:
    """Write the catalogue without dates, so that it changes only when its words do."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=100, include_lineno=False)
