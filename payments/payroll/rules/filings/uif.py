"""South Africa: the UIF electronic declaration, version E03, format U1."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from coop.kernel import Money, total
from payments.payroll.rules.filings.layout import rows
from payments.payroll.rules.filings.refusal import FilingRefused
from payments.payroll.rules.filings.settings import ENDINGS, NO, YES, Settings, setting
from payments.payroll.rules.filings.text import encode, join, split
from payments.payroll.rules.filings.uif_values import CURRENCY, read_value, tokens, write_value

LAYOUT = "za_uif_e03"


@dataclass(frozen=True)
class UifSettings(Settings):
    """Points on which the sources of the E03 layout differ."""

    line_ending: str = setting("crlf", ("crlf", "lf"), "The specification says CRLF (likely).")
    final_ending: str = setting(
        NO, (NO, YES), "One source ends the last line with CRLF, another does not."
    )
    status_digits: str = setting(
        "2", ("2", "1"), "The accepted file writes status 01; another implementation writes 1."
    )
    amounts: str = setting(
        "two",
        ("two", "trimmed"),
        "A rule text demands two decimals; the accepted file writes whole rands without them.",
    )
    encoding: str = setting(
        "iso-8859-1", ("iso-8859-1", "ascii"), "The specification says ASCII; files use ISO-8859-1."
    )
    reference_check: str = setting(
        YES, (YES, NO), "The check digit of a UIF reference is known from one source (likely)."
    )
    reasons: str = setting(
        "listed", ("listed", "any"), "The sources differ on the reasons for no contribution (8290)."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UifEmployee:
    """One UIWK record; amounts left None are left out of the file."""

    employer_ref: str
    surname: str
    first_names: str
    born_on: date
    employed_from: date
    status: str
    id_number: str = ""
    other_number: str = ""
    personnel_number: str = ""
    employed_to: date | None = None
    no_contribution: str = ""
    gross: Money | None = None
    remuneration: Money | None = None
    contribution: Money | None = None
    branch: str = ""
    account: str = ""
    account_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UifDeclaration:
    """A month of one employer; references as nine digits, status and reason as two."""

    creator_ref: str
    purpose: str
    contact: str
    telephone: str
    email: str
    month: date
    employer_ref: str
    employees: tuple[UifEmployee, ...]
    paye_ref: str = ""
    employer_email: str = ""

    @property
    def total_gross(self) -> Money:
        return self._sum(lambda one: one.gross)

    @property
    def total_remuneration(self) -> Money:
        return self._sum(lambda one: one.remuneration)

    @property
    def total_contribution(self) -> Money:
        return self._sum(lambda one: one.contribution)

    def _sum(self, of: Callable[[UifEmployee], Money | None]) -> Money:
        return total([money for one in self.employees if (money := of(one))], CURRENCY)


def export(filing: UifDeclaration, settings: UifSettings) -> bytes:
    """The file, read back by the strict reader before it is given out."""
    content = _write(filing, settings)
    if _write(read(content, settings), settings) != content:
        raise FilingRefused("not_readable")
    return content


def read(content: bytes, settings: UifSettings) -> UifDeclaration:
    """The declaration in these bytes, or a refusal naming line, field and reason."""
    ending = ENDINGS[settings.line_ending]
    lines = split(content, settings.encoding, ending, final=settings.final_ending == YES)
    if len(lines) < 3:
        raise FilingRefused("records_missing", line=len(lines))
    creator = _record("UICR", lines[0], settings, 1)
    last = len(lines)
    employer = _record("UIEM", lines[-1], settings, last)
    employees = []
    for number, line in enumerate(lines[1:-1], 2):
        employee = UifEmployee(**_record("UIWK", line, settings, number))
        _check(employee, employer["employer_ref"], number)
        employees.append(employee)
    filing = UifDeclaration(
        **creator,
        employer_ref=employer["employer_ref"],
        paye_ref=employer.get("paye_ref", ""),
        employer_email=employer.get("email", ""),
        employees=tuple(employees),
    )
    if employer["employees"] != len(employees):
        raise FilingRefused("count", line=last, field="8150 employees")
    for code, key in (
        ("8130", "total_gross"),
        ("8135", "total_remuneration"),
        ("8140", "total_contribution"),
    ):
        if employer[key] != getattr(filing, key):
            raise FilingRefused("total", line=last, field=f"{code} {key}")
    return filing


def _write(filing: UifDeclaration, settings: UifSettings) -> bytes:
    lines = [
        encode(_line(record, values, settings, number), settings.encoding, line=number)
        for number, (record, values) in enumerate(_records(filing), 1)
    ]
    return join(lines, ENDINGS[settings.line_ending], final=settings.final_ending == YES)


def _records(filing: UifDeclaration) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield "UICR", _values(filing)
    for employee in filing.employees:
        yield "UIWK", _values(employee)
    yield (
        "UIEM",
        {
            "employer_ref": filing.employer_ref,
            "paye_ref": filing.paye_ref,
            "total_gross": filing.total_gross,
            "total_remuneration": filing.total_remuneration,
            "total_contribution": filing.total_contribution,
            "employees": len(filing.employees),
            "email": filing.employer_email,
        },
    )


def _values(record: UifDeclaration | UifEmployee) -> dict[str, Any]:
    return {each.name: getattr(record, each.name) for each in fields(record)}


def _line(record: str, values: Mapping[str, Any], settings: UifSettings, number: int) -> str:
    """Pairs of code and value in the order of the table; what is empty is left out."""
    pairs = []
    for row in rows(LAYOUT):
        if row["record"] != record:
            continue
        value = row["const"] or values[row["key"]]
        if value is not None and value != "":
            text = write_value(row, value, settings, number)
            pairs.append(f"{row['code']},{text}")
    return ",".join(pairs)


def _record(record: str, line: str, settings: UifSettings, number: int) -> dict[str, Any]:
    """One line by the table: codes in order, each once, none unknown, none missing."""
    found = tokens(line, number)
    values: dict[str, Any] = {}
    table = [row for row in rows(LAYOUT) if row["record"] == record]
    for row in table:
        name = f"{row['code']} {row['key']}"
        if found and found[0][0] == row["code"]:
            _, quoted, text = found.pop(0)
            if quoted != (row["quoted"] == "yes"):
                raise FilingRefused("quoting", line=number, field=name)
            value = read_value(row, text, settings, number)
            if not row["const"]:
                values[row["key"]] = value
        elif row["required"] == "yes":
            later = {each["code"] for each in table[table.index(row) :]}
            if found and found[0][0] not in later:
                break
            raise FilingRefused("field_missing", line=number, field=name)
    if found:
        raise FilingRefused("field_unknown", line=number, field=found[0][0])
    return values


def _check(one: UifEmployee, employer_ref: str, number: int) -> None:
    """What the specification demands between the fields of an employee."""
    pays = bool(one.contribution)
    wrong = [
        ("8110 employer_ref", "reference_differs", one.employer_ref != employer_ref),
        ("8200 id_number", "identity_missing",
         not (one.id_number or one.other_number or one.personnel_number)),
        ("8260 employed_from", "before_birth", one.employed_from <= one.born_on),
        ("8270 employed_to", "ends_before_start",
         one.employed_to is not None and one.employed_to < one.employed_from),
        ("8290 no_contribution", "reason_missing", not pays and not one.no_contribution),
        ("8290 no_contribution", "reason_beside_contribution", pays and bool(one.no_contribution)),
        ("8310 remuneration", "more_than_gross",
         one.remuneration is not None and (one.gross is None or one.remuneration > one.gross)),
        ("8320 contribution", "more_than_remuneration",
         one.contribution is not None
         and (one.remuneration is None or one.contribution > one.remuneration)),
    ]  # fmt: skip
    for field, reason, broken in wrong:
        if broken:
            raise FilingRefused(reason, line=number, field=field)
