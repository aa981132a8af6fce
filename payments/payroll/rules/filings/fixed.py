"""Records of fixed width: one writer and one reader for every table with start and end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from coop.kernel import Money
from payments.payroll.rules.filings import text as t
from payments.payroll.rules.filings.layout import rows
from payments.payroll.rules.filings.refusal import FilingRefused


@dataclass(frozen=True, slots=True)
class Field:
    """One row of a layout table."""

    n: int
    start: int
    end: int
    alpha: bool
    kind: str
    key: str
    required: bool
    choices: tuple[str, ...]

    @property
    def width(self) -> int:
        return self.end - self.start + 1

    @property
    def name(self) -> str:
        return f"{self.n} {self.key}"


@dataclass(frozen=True, slots=True)
class Manner:
    """How values are written: currency, upper-case ASCII or not, kinds left blank."""

    currency: str
    ascii_upper: bool = False
    blank: frozenset[str] = frozenset()


@cache
def fields_of(table: str, record: str) -> tuple[Field, ...]:
    """The fields of one record, side by side without a gap."""
    found = tuple(
        Field(
            int(row["n"]), int(row["start"]), int(row["end"]), row["type"] == "A", row["kind"],
            row["key"], row["required"] == "yes",
            tuple("" if c == "_" else c for c in row["choices"].split()),
        )
        for row in rows(table)
        if row["record"] == record
    )  # fmt: skip
    at = 1
    for field in found:
        if field.start != at:
            raise FilingRefused("layout_gap", field=field.name)
        at = field.end + 1
    return found


def length(table: str, record: str) -> int:
    return fields_of(table, record)[-1].end


def write(table: str, record: str, values: Mapping[str, Any], how: Manner, line: int) -> str:
    """One record without its line ending. What does not fit its field is refused, never cut."""
    parts = []
    for field in fields_of(table, record):
        part = _WRITERS[field.kind](values.get(field.key), field, how, line)
        if len(part) != field.width:
            raise FilingRefused("width", line=line, field=field.name, detail=str(field.width))
        parts.append(part)
    return "".join(parts)


def read(table: str, record: str, line_text: str, how: Manner, line: int) -> dict[str, Any]:
    """The values of one record by key; each must be written as `write` writes it."""
    whole = length(table, record)
    if len(line_text) != whole:
        raise FilingRefused("record_length", line=line, detail=f"{len(line_text)} != {whole}")
    values: dict[str, Any] = {}
    for field in fields_of(table, record):
        part = line_text[field.start - 1 : field.end]
        value = _READERS[field.kind](part, field, how, line)
        if field.required and not value:
            raise FilingRefused("field_missing", line=line, field=field.name)
        if field.choices and field.kind != "const" and value not in field.choices:
            raise FilingRefused("choice", line=line, field=field.name, detail=str(value))
        if _WRITERS[field.kind](value, field, how, line) != part:
            raise FilingRefused("filling", line=line, field=field.name)
        values[field.key] = value
    return values


def plain_upper(text: str) -> str:
    """Upper case without accents: Ñ becomes N."""
    apart = unicodedata.normalize("NFKD", text.upper())
    return "".join(char for char in apart if not unicodedata.combining(char))


def _text(value: Any, field: Field, how: Manner, line: int) -> str:
    text = plain_upper(value or "") if how.ascii_upper else (value or "")
    shown = t.clean(text, line=line, field=field.name, longest=field.width)
    return shown.ljust(field.width)


def _code(value: Any, field: Field, how: Manner, line: int) -> str:
    """Digits kept as text: zeros before; nothing is all zeros."""
    return str(value or "").zfill(field.width)


def _number(value: Any, field: Field, how: Manner, line: int) -> str:
    if value is not None and value < 0:
        raise FilingRefused("negative", line=line, field=field.name)
    return f"{value or 0:0{field.width}d}"


def _pesos(value: Any, field: Field, how: Manner, line: int) -> str:
    """Whole units of the currency, without its cents."""
    money = value or Money.zero(how.currency)
    if money.currency != how.currency:
        raise FilingRefused("currency", line=line, field=field.name, detail=money.currency)
    whole = Fraction(money.major())
    if whole.denominator != 1:
        raise FilingRefused("not_whole", line=line, field=field.name)
    return _number(int(whole), field, how, line)


def _rate(value: Any, field: Field, how: Manner, line: int) -> str:
    """A share of one as 0.16000: two places fewer than the field is wide."""
    places = field.width - 2
    scaled = Fraction(value or 0) * 10**places
    if scaled.denominator != 1 or not 0 <= scaled < 10 ** (places + 1):
        raise FilingRefused("rate", line=line, field=field.name)
    whole, rest = divmod(int(scaled), 10**places)
    return f"{whole}.{rest:0{places}d}"


def _day(value: Any, field: Field, how: Manner, line: int) -> str:
    return value.isoformat() if value else " " * field.width


def _month(value: Any, field: Field, how: Manner, line: int) -> str:
    return value.isoformat()[:7] if value else " " * field.width


def _unfilled(value: Any, field: Field, how: Manner, line: int) -> str:
    """What somebody else fills in: blanks or zeros as the settings say."""
    return (" " if field.kind in how.blank else "0") * field.width


def _const(value: Any, field: Field, how: Manner, line: int) -> str:
    return field.choices[0]


def _read_digits(part: str, field: Field, how: Manner, line: int) -> str:
    if not re.fullmatch(r"\d+", part, re.ASCII):
        raise FilingRefused("digits", line=line, field=field.name)
    return part


def _read_code(part: str, field: Field, how: Manner, line: int) -> str:
    digits = _read_digits(part, field, how, line)
    return digits if digits.strip("0") else ""


def _read_number(part: str, field: Field, how: Manner, line: int) -> int:
    return int(_read_digits(part, field, how, line))


def _read_pesos(part: str, field: Field, how: Manner, line: int) -> Money:
    return Money.of(_read_number(part, field, how, line), how.currency)


def _read_rate(part: str, field: Field, how: Manner, line: int) -> Fraction:
    if not re.fullmatch(r"\d\.\d+", part, re.ASCII):
        raise FilingRefused("rate", line=line, field=field.name)
    return Fraction(part)


def _read_day(part: str, field: Field, how: Manner, line: int) -> date | None:
    blank = not part.strip(" ")
    return None if blank else t.day(part, "%Y-%m-%d", line=line, field=field.name)


def _read_month(part: str, field: Field, how: Manner, line: int) -> date | None:
    blank = not part.strip(" ")
    return None if blank else t.day(part + "-01", "%Y-%m-%d", line=line, field=field.name)


def _read_text(part: str, field: Field, how: Manner, line: int) -> str:
    return part.rstrip(" ")


def _read_const(part: str, field: Field, how: Manner, line: int) -> str:
    if part != field.choices[0]:
        raise FilingRefused("constant", line=line, field=field.name, detail=field.choices[0])
    return part


def _read_nothing(part: str, field: Field, how: Manner, line: int) -> str:
    return ""


_WRITERS: dict[str, Callable[[Any, Field, Manner, int], str]] = {
    "const": _const, "text": _text, "code": _code, "number": _number, "pesos": _pesos,
    "rate": _rate, "day": _day, "month": _month, "operator": _unfilled, "illness": _unfilled,
}  # fmt: skip
_READERS: dict[str, Callable[[str, Field, Manner, int], Any]] = {
    "const": _read_const, "text": _read_text, "code": _read_code, "number": _read_number,
    "pesos": _read_pesos, "rate": _read_rate, "day": _read_day, "month": _read_month,
    "operator": _read_nothing, "illness": _read_nothing,
}  # fmt: skip
