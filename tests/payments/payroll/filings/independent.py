"""Readers of their own: written from the published layouts, sharing nothing with the exporters.

The layouts are read from the shared data when SHARED_DATA names its folder; the facts of them that
are needed (codes, positions, columns) are kept beside this file for every other machine.
"""

from __future__ import annotations

import csv
import os
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent / "layouts"


def kept(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def shared(name: str) -> Any:
    """The layout in the shared data, None where there is none."""
    folder = os.environ.get("SHARED_DATA")
    path = Path(folder, "law", "layouts", name) if folder else None
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path and path.exists() else None


def pila_fields(record: str) -> list[tuple[int, int, int, str]]:
    """Number, start, end and type of each field."""
    layout = shared("co_pila_archivo_tipo2.yaml")
    found = layout[record]["fields"] if layout else kept("co_pila.csv")
    return [
        (int(row["n"]), int(row["start"]), int(row["end"]), row["type"])
        for row in found
        if layout or row["record"] == record
    ]


def pila(content: bytes) -> tuple[dict[int, str], list[dict[int, str]]]:
    """The header and the details, each field by its number, of the length the layout gives."""
    records = content.decode("iso-8859-1").split("\n")
    assert records.pop() == ""
    cut = []
    for place, record in enumerate(records):
        name, size = ("detail_record", 693) if place else ("header_record", 359)
        assert len(record) == size
        fields = pila_fields(name)
        cut.append({n: record[start - 1 : end] for n, start, end, _ in fields})
        assert "".join(cut[-1].values()) == record
        for n, _, _, kind in fields:
            value = cut[-1][n]
            if kind == "N" and value.strip():
                assert value.replace(".", "", 1).isdigit(), (place, n, value)
            if kind == "A":
                assert value == value.strip().ljust(len(value)), (place, n, value)
    return cut[0], cut[1:]


def uif_codes(record: str) -> dict[str, dict[str, Any]]:
    layout = shared("za_uif_e03_u1.yaml")
    if layout:
        fields = next(one for one in layout["records"] if one["name"] == record)["fields"]
        return {str(row["code"]): {**row, "quoted": bool(row.get("quoted"))} for row in fields}
    return {
        row["code"]: {**row, "quoted": row["quoted"] == "yes"}
        for row in kept("za_uif.csv")
        if row["record"] == record
    }


def uif(content: bytes) -> list[dict[str, str]]:
    """Each record as code and value: pairs taken apart by a machine of two states."""
    records = []
    lines = content.decode("iso-8859-1").split("\r\n")
    for place, line in enumerate(lines):
        name = "creator" if place == 0 else "employer" if place == len(lines) - 1 else "employee"
        known, parts, quoted, word = uif_codes(name), [], False, ""
        for letter in line + ",":
            if letter == '"':
                quoted = not quoted
            if letter == "," and not quoted:
                parts.append(word)
                word = ""
            else:
                word += letter
        assert len(parts) % 2 == 0
        codes = parts[::2]
        assert codes == sorted(set(codes), key=list(known).index)
        for code, value in zip(codes, parts[1::2], strict=True):
            assert value.startswith('"') == known[code]["quoted"], (place, code)
            longest = known[code].get("max") or known[code].get("len")
            assert not longest or len(value.strip('"')) <= int(longest)
        records.append(dict(zip(codes, [v.strip('"') for v in parts[1::2]], strict=True)))
    return records


def p10(content: bytes, form: str) -> list[dict[str, str]]:
    """Each employee by the names of the template's columns."""
    layout = shared("ke_kra_p10.yaml")
    key = {"legacy": "legacy_v22", "simplified": "simplified_unified_payroll_return"}[form]
    columns = (
        layout[key]["columns"]
        if layout
        else [row["column"] for row in kept("ke_p10.csv") if row["form"] == form]
    )
    found = []
    for cells in csv.reader(content.decode("utf-8").splitlines()):
        assert len(cells) == len(columns)
        found.append(dict(zip(columns, cells, strict=True)))
    return found


def amount(text: str) -> Decimal:
    return Decimal(text)
