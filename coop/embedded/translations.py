"""Compile the translations without the gettext programs, which a fresh machine may lack."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_translations(folders: Iterable[str | Path]) -> int:
    """Write every .mo of these locale folders that is older than its .po; how many."""
    done = 0
    sources = [path for folder in folders for path in Path(folder).glob("*/LC_MESSAGES/*.po")]
    for source in sorted(sources):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parts[-3])
        fresh = target.with_suffix(".tmp")
        with fresh.open("wb") as file:
            write_mo(file, catalog)
        fresh.replace(target)
        done += 1
    return done
