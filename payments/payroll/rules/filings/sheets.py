"""Plain sheets (CSV): any scheme of any country, and the parts of Brazil's DAE."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, ClassVar

from coop.kernel import Money, total
from coop.kernel.money import MINOR_DIGITS
from payments.payroll.rules.filings import text as t
from payments.payroll.rules.filings.layout import rows
from payments.payroll.rules.filings.refusal import FilingRefused
from payments.payroll.rules.filings.settings import ENDINGS, NO, YES, Settings, setting
from payments.payroll.rules.ids import IdInvalid, IdKind, checked

TOTAL = "TOTAL"


@dataclass(frozen=True)
class SheetSettings(Settings):
    """How a spreadsheet opens the file; no fund has said."""

    line_ending: str = setting("crlf", ("crlf", "lf"), "RFC 4180 says CRLF; some tools want LF.")
    mark: str = setting(
        NO, (NO, YES), "A byte order mark makes some spreadsheets read accents rightly."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainRow:
    """One worker's share of one scheme in one month."""

    sheet: ClassVar[str] = "plain"
    parts: ClassVar[tuple[str, ...]] = ("worker", "employer_share")

    country: str
    scheme: str
    month: date
    name: str
    base: Money
    worker: Money
    employer_share: Money
    employer: str = ""
    worker_number: str = ""
    fund_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaeRow:
    """One worker's parts of the DAE of one month."""

    sheet: ClassVar[str] = "dae"
    parts: ClassVar[tuple[str, ...]] = (
        "inss_worker", "inss_employer", "accident", "fgts", "fgts_severance", "income_tax",
    )  # fmt: skip

    country: str
    month: date
    worker_number: str
    name: str
    base: Money
    inss_worker: Money
    inss_employer: Money
    accident: Money
    fgts: Money
    fgts_severance: Money
    income_tax: Money


SheetRow = PlainRow | DaeRow
_KINDS: dict[str, type[PlainRow] | type[DaeRow]] = {"plain": PlainRow, "dae": DaeRow}
_BOM = b"\xef\xbb\xbf"


def export(people: Sequence[SheetRow], settings: SheetSettings) -> bytes:
    """Column names, a line for each row, and a line of totals; read back before it is given out."""
    if not people:
        raise FilingRefused("records_missing")
    sheet = people[0].sheet
    content = _write(sheet, people, settings)
    if read(sheet, content, settings) != tuple(people):
        raise FilingRefused("not_readable")
    return content


def read(sheet: str, content: bytes, settings: SheetSettings) -> tuple[SheetRow, ...]:
    """The rows of a sheet, or a refusal naming line, field and reason."""
    if content.startswith(_BOM) != (settings.mark == YES):
        raise FilingRefused("mark", line=1)
    table = [row for row in rows("sheets") if row["sheet"] == sheet]
    body = content.removeprefix(_BOM)
    lines = t.split(body, "utf-8", ENDINGS[settings.line_ending], final=True)
    if len(lines) < 3:
        raise FilingRefused("records_missing", line=len(lines))
    if t.read_csv_line(lines[0], line=1, columns=len(table)) != [row["column"] for row in table]:
        raise FilingRefused("columns", line=1)
    found: list[SheetRow] = []
    for number, line in enumerate(lines[1:-1], 2):
        cells = t.read_csv_line(line, line=number, columns=len(table))
        one = _row(table, cells, number)
        if found and _currency(one) != _currency(found[0]):
            raise FilingRefused("currency", line=number, field="currency")
        found.append(one)
    if lines[-1] != _totals(table, found):
        raise FilingRefused("total", line=len(lines), field=TOTAL)
    return tuple(found)


def _write(sheet: str, people: Sequence[SheetRow], settings: SheetSettings) -> bytes:
    table = [row for row in rows("sheets") if row["sheet"] == sheet]
    lines = [t.csv_line([row["column"] for row in table])]
    for number, one in enumerate(people, 2):
        if one.sheet != sheet:
            raise FilingRefused("form", line=number, detail=sheet)
        if len({getattr(one, part).currency for part in (*one.parts, "base")}) != 1:
            raise FilingRefused("currency", line=number, field="currency")
        values = _values(one)
        lines.append(t.csv_line([_cell(row, values[row["key"]], number) for row in table]))
    lines.append(_totals(table, people))
    encoded = [t.encode(line, "utf-8", line=number) for number, line in enumerate(lines, 1)]
    mark = _BOM if settings.mark == YES else b""
    return mark + t.join(encoded, ENDINGS[settings.line_ending], final=True)


def _values(one: SheetRow) -> dict[str, Any]:
    """Every column of a row, what it adds up to as well."""
    values = {each.name: getattr(one, each.name) for each in fields(one)}
    currency = _currency(one)
    owed = total([values[part] for part in one.parts], currency)
    return {**values, "currency": currency, "total": owed}


def _currency(one: SheetRow) -> str:
    return one.base.currency


def _totals(table: list[dict[str, str]], people: Sequence[SheetRow]) -> str:
    all_values = [_values(one) for one in people]
    currency = all_values[0]["currency"]
    if any(values["currency"] != currency for values in all_values):
        raise FilingRefused("currency", field="currency")
    cells = [
        total([values[row["key"]] for values in all_values], currency).major()
        if row["kind"] == "amount"
        else ""
        for row in table
    ]
    return t.csv_line([TOTAL, *cells[1:]])


def _cell(row: dict[str, str], value: Any, line: int) -> str:
    if row["kind"] == "amount":
        return str(value.major())
    if row["kind"] == "month":
        return f"{value:%Y-%m}"
    return t.cell(value, line=line, field=row["key"])


def _row(table: list[dict[str, str]], cells: list[str], line: int) -> SheetRow:
    texts = {row["key"]: cell for row, cell in zip(table, cells, strict=True)}
    currency = texts.pop("currency")
    if currency not in MINOR_DIGITS:
        raise FilingRefused("currency", line=line, field="currency")
    kinds = {row["key"]: row["kind"] for row in table}
    values: dict[str, Any] = {
        key: _read_cell(kinds[key], key, text, currency, line) for key, text in texts.items()
    }
    owed = values.pop("total")
    one: SheetRow = _KINDS[table[0]["sheet"]](**values)
    if one.sheet == "dae":
        _cpf(one.worker_number, line)
    if _values(one)["total"] != owed:
        raise FilingRefused("total", line=line, field="total")
    return one


def _read_cell(kind: str, key: str, text: str, currency: str, line: int) -> Any:
    if kind == "amount":
        return t.read_amount(text, currency, decimals="two", line=line, field=key)
    if kind == "month":
        return t.day(f"{text}-01", "%Y-%m-%d", line=line, field=key)
    if not text and kind != "optional":
        raise FilingRefused("field_missing", line=line, field=key)
    if kind == "code" and not re.fullmatch(r"[A-Z0-9_]{2,40}", text, re.ASCII):
        raise FilingRefused("code", line=line, field=key)
    if t.cell(text, line=line, field=key) != text:
        raise FilingRefused("text_spacing", line=line, field=key)
    return text


def _cpf(number: str, line: int) -> None:
    try:
        checked(IdKind.BR_CPF, number)
    except IdInvalid as error:
        raise FilingRefused("check_digit", line=line, field="worker_number") from error
