"""The layout tables: facts of each format with their source, kept as data beside the code."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

LAYOUTS = Path(__file__).parent / "layouts"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `<name>.csv`; lines that begin with # give the source."""
    lines = (LAYOUTS / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    return tuple(csv.DictReader(line for line in lines if line and not line.startswith("#")))


def source(name: str) -> str:
    """Where the table was read, as its first lines say."""
    lines = (LAYOUTS / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    return " ".join(line.lstrip("# ") for line in lines if line.startswith("#"))
