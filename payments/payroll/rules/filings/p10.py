"""Kenya: section B of the P10 return as CSV, in its legacy and its simplified form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from coop.kernel import Money
from payments.payroll.rules.filings import text as t
from payments.payroll.rules.filings.layout import rows
from payments.payroll.rules.filings.refusal import FilingRefused
from payments.payroll.rules.filings.settings import ENDINGS, NO, YES, Settings, setting
from payments.payroll.rules.ids import IdInvalid, IdKind, checked

LAYOUT = "ke_kra_p10"
CURRENCY = "KES"
NOTHING = Money.zero(CURRENCY)
CHOICES = {
    "residence": ("Resident", "Non-Resident"),
    "employee_type": ("Primary Employee", "Secondary Employee"),
    "disability": ("No", "Yes"),
}


@dataclass(frozen=True)
class P10Settings(Settings):
    """Points to confirm against the template that KRA gives out now."""

    form: str = setting(
        "simplified",
        ("simplified", "legacy"),
        "The simplified form is known from one implementation (likely); the legacy one was "
        "checked against template version 22.",
    )
    extra_column: str = setting(
        NO, (NO, YES), "The legacy form has 24 columns; one note says 25. Yes adds an empty one."
    )
    line_ending: str = setting("crlf", ("crlf", "lf"), "CRLF in the legacy form's builder.")
    final_ending: str = setting(YES, (YES, NO), "Whether the last line is ended is not written.")
    amounts: str = setting(
        "trimmed", ("trimmed", "two"), "Plain numbers with up to two decimals; .00 may be left out."
    )
    zero: str = setting("0", ("0", "blank"), "Whether an amount that does not apply is 0 or blank.")
    encoding: str = setting("utf-8", ("utf-8", "cp1252"), "No source names the encoding.")


@dataclass(frozen=True, slots=True, kw_only=True)
class P10Legacy:
    """One employee in the 24 columns of template version 22."""

    pin: str
    name: str
    residence: str = "Resident"
    employee_type: str = "Primary Employee"
    basic: Money = NOTHING
    housing_allowance: Money = NOTHING
    transport: Money = NOTHING
    leave_pay: Money = NOTHING
    overtime: Money = NOTHING
    directors_fee: Money = NOTHING
    lump_sum: Money = NOTHING
    other_allowance: Money = NOTHING
    non_cash: Money = NOTHING
    global_income: Money = NOTHING
    housing_type: str = "Benefit not given"
    rent: Money = NOTHING
    rent_recovered: Money = NOTHING
    pension: Money = NOTHING
    mortgage: Money = NOTHING
    home_savings: Money = NOTHING
    relief: Money = NOTHING
    self_assessed: Money = NOTHING
    insurance_relief: Money = NOTHING
    car: Money = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class P10Simplified:
    """One employee in the 26 columns of the unified payroll return."""

    pin: str
    name: str
    residence: str = "Resident"
    employee_type: str = "Primary Employee"
    disability: str = "No"
    exemption: str = ""
    cash_pay: Money = NOTHING
    car: Money = NOTHING
    meals: Money = NOTHING
    non_cash: Money = NOTHING
    housing_type: str = "Benefit not given"
    housing_benefit: Money = NOTHING
    other_benefits: Money = NOTHING
    gross: Money = NOTHING
    shif: Money = NOTHING
    nssf: Money = NOTHING
    pension: Money = NOTHING
    medical_fund: Money = NOTHING
    mortgage: Money = NOTHING
    housing_levy: Money = NOTHING
    taxable: Money = NOTHING
    relief: Money = NOTHING
    insurance_relief: Money = NOTHING
    paye: Money = NOTHING
    self_assessed: Money = NOTHING
    home_savings: Money = NOTHING


Row = P10Legacy | P10Simplified
_FORMS: dict[str, Callable[..., Row]] = {"legacy": P10Legacy, "simplified": P10Simplified}


def export(people: Sequence[Row], settings: P10Settings) -> bytes:
    """The file, read back by the strict reader before it is given out."""
    content = _write(people, settings)
    if _write(read(content, settings), settings) != content:
        raise FilingRefused("not_readable")
    return content


def read(content: bytes, settings: P10Settings) -> tuple[Row, ...]:
    """The employees in these bytes, or a refusal naming line, field and reason."""
    ending, final = ENDINGS[settings.line_ending], settings.final_ending == YES
    lines = t.split(content, settings.encoding, ending, final=final)
    table, extra = _table(settings)
    found, seen = [], set()
    for number, line in enumerate(lines, 1):
        cells = t.read_csv_line(line, line=number, columns=len(table) + extra)
        if any(cells[len(table) :]):
            raise FilingRefused("not_blank", line=number, field=str(len(table) + 1))
        values = {
            row["key"]: _read_cell(row, cell, settings, number, f"{column} {row['key']}")
            for column, (row, cell) in enumerate(zip(table, cells, strict=False), 1)
        }
        if values["pin"] in seen:
            raise FilingRefused("twice", line=number, field="1 pin")
        seen.add(values["pin"])
        found.append(_FORMS[settings.form](**values))
    return tuple(found)


def _table(settings: P10Settings) -> tuple[list[dict[str, str]], int]:
    """The columns of the form, and how many empty ones follow them."""
    table = [row for row in rows(LAYOUT) if row["form"] == settings.form]
    return table, int(settings.form == "legacy" and settings.extra_column == YES)


def _write(people: Sequence[Row], settings: P10Settings) -> bytes:
    table, extra = _table(settings)
    lines = []
    for number, one in enumerate(people, 1):
        if type(one) is not _FORMS[settings.form]:
            raise FilingRefused("form", line=number, detail=settings.form)
        values = {each.name: getattr(one, each.name) for each in fields(one)}
        cells = [
            _cell(row, values[row["key"]], settings, number, f"{column} {row['key']}")
            for column, row in enumerate(table, 1)
        ]
        line = t.csv_line([*cells, *[""] * extra])
        lines.append(t.encode(line, settings.encoding, line=number))
    if not lines:
        raise FilingRefused("records_missing")
    ending, final = ENDINGS[settings.line_ending], settings.final_ending == YES
    return t.join(lines, ending, final=final)


def _cell(row: dict[str, str], value: Any, settings: P10Settings, line: int, name: str) -> str:
    if row["kind"] != "amount":
        return t.cell(value, line=line, field=name)
    if value.currency != CURRENCY:
        raise FilingRefused("currency", line=line, field=name, detail=value.currency)
    if not value and settings.zero == "blank":
        return ""
    return t.amount(value, decimals=settings.amounts)


def _read_cell(row: dict[str, str], text: str, settings: P10Settings, line: int, name: str) -> Any:
    kind = row["kind"]
    if kind == "amount":
        return _read_amount(text, settings, line, name)
    if kind == "pin":
        return _pin(text, line, name)
    if kind in CHOICES and text not in CHOICES[kind]:
        raise FilingRefused("choice", line=line, field=name)
    if not text and kind != "optional":
        raise FilingRefused("field_missing", line=line, field=name)
    if t.cell(text, line=line, field=name) != text:
        raise FilingRefused("text_spacing", line=line, field=name)
    return text


def _read_amount(text: str, settings: P10Settings, line: int, name: str) -> Money:
    if settings.zero == "blank":
        if not text:
            return NOTHING
        if not text.strip("0."):
            raise FilingRefused("amount", line=line, field=name)
    return t.read_amount(text, CURRENCY, decimals=settings.amounts, line=line, field=name)


def _pin(text: str, line: int, name: str) -> str:
    try:
        if checked(IdKind.KE_PIN, text) == text:
            return text
    except IdInvalid:
        pass
    raise FilingRefused("pin", line=line, field=name)
