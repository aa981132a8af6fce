"""Colombia: PILA archivo tipo 2, planilla S, for contributors of kinds 02 and 51."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from payments.payroll.rules.filings import fixed
from payments.payroll.rules.filings.layout import rows
from payments.payroll.rules.filings.pila_types import (
    CURRENCY,
    PilaContributor,
    PilaFile,
    PilaSettings,
)
from payments.payroll.rules.filings.refusal import FilingRefused
from payments.payroll.rules.filings.settings import ENDINGS, YES
from payments.payroll.rules.filings.text import encode, join, split
from payments.payroll.rules.ids import IdInvalid, IdKind, checked, nit_digit

LAYOUT = "co_pila_tipo2"
FORM = "S"
#: Days that stand for one to four weeks of pension and family fund.
WEEK_DAYS = (7, 14, 21, 30)
WHOLE_MONTH = 30
#: A marked change and the day that must come with it.
_DATED = (
    ("ing", "ing_on"), ("ret", "ret_on"), ("vsp", "vsp_on"), ("sln", "sln_from"),
    ("ige", "ige_from"), ("lma", "lma_from"), ("vac", "vac_from"), ("vct", "vct_from"),
)  # fmt: skip
#: Amount, base, days and fund of each duty, in the order of the table of codes.
_DUTIES = (
    ("health", "health_base", "health_days", "eps"),
    ("pension", "pension_base", "pension_days", "afp"),
    ("arl", "arl_base", "arl_days", "arl_fund"),
    ("ccf_amount", "ccf_base", "ccf_days", "ccf"),
)


def export(filing: PilaFile, settings: PilaSettings) -> bytes:
    """The file, read back by the strict reader before it is given out."""
    content = _write(filing, settings)
    if _write(read(content, settings), settings) != content:
        raise FilingRefused("not_readable")
    return content


def read(content: bytes, settings: PilaSettings) -> PilaFile:
    """The filing in these bytes, or a refusal naming line, field and reason."""
    ending = ENDINGS[settings.line_ending]
    lines = split(content, _encoding(settings), ending, final=settings.final_ending == YES)
    if len(lines) < 2:
        raise FilingRefused("records_missing", line=len(lines))
    how = _manner(settings)
    head = fixed.read(LAYOUT, "header", lines[0], how, 1)
    contributors = []
    for number, line in enumerate(lines[1:], 2):
        values = fixed.read(LAYOUT, "detail", line, how, number)
        if values["sequence"] != number - 1:
            raise FilingRefused("sequence", line=number, field="2 sequence")
        contributor = _built(PilaContributor, values)
        if values["pension_total"] != contributor.pension_total:
            raise FilingRefused("total", line=number, field="50 pension_total")
        _check(contributor, head["arl_code"], settings, number)
        contributors.append(contributor)
    filing: PilaFile = _built(PilaFile, {**head, "contributors": tuple(contributors)})
    _check_header(filing, head, settings)
    return filing


def health_period(period: date, settings: PilaSettings) -> date:
    """Field 16: the month health is paid for."""
    if settings.health_period == "same":
        return period
    return date(period.year + period.month // 12, period.month % 12 + 1, 1)


def _write(filing: PilaFile, settings: PilaSettings) -> bytes:
    how, encoding = _manner(settings), _encoding(settings)
    head = {
        **_values(filing), "sequence": 1, "form": FORM,
        "health_period": health_period(filing.period, settings),
        "workers": filing.workers, "payroll": filing.payroll,
    }  # fmt: skip
    lines = [encode(fixed.write(LAYOUT, "header", head, how, 1), encoding, line=1)]
    for number, one in enumerate(filing.contributors, 2):
        values = {**_values(one), "sequence": number - 1, "pension_total": one.pension_total}
        lines.append(
            encode(fixed.write(LAYOUT, "detail", values, how, number), encoding, line=number)
        )
    return join(lines, ENDINGS[settings.line_ending], final=settings.final_ending == YES)


def _encoding(settings: PilaSettings) -> str:
    return "ascii" if settings.encoding == "ascii_upper" else settings.encoding


def _manner(settings: PilaSettings) -> fixed.Manner:
    blank = {"operator": settings.operator_fields, "illness": settings.illness_value}
    return fixed.Manner(
        CURRENCY,
        ascii_upper=settings.encoding == "ascii_upper",
        blank=frozenset(kind for kind, choice in blank.items() if choice == "blank"),
    )


def _values(record: PilaFile | PilaContributor) -> dict[str, Any]:
    return {each.name: getattr(record, each.name) for each in fields(record)}


def _built(kind: Any, values: dict[str, Any]) -> Any:
    return kind(**{each.name: values[each.name] for each in fields(kind)})


def _codes(table: str) -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows("co_pila_codes") if row["table"] == table}


def _document(kind: str, number: str, line: int, first: int) -> None:
    """A known kind of document, and a number as long as it may be."""
    known = _codes("document").get(kind)
    if known is None:
        raise FilingRefused("document_unknown", line=line, field=f"{first} doc_type")
    fits = number.isascii() and number.isalnum() and len(number) <= int(known["longest"])
    if not fits or (kind == "CC" and not _cedula(number)):
        raise FilingRefused("document_number", line=line, field=f"{first + 1} doc_number")


def _cedula(number: str) -> bool:
    try:
        return checked(IdKind.CO_CC, number) == number
    except IdInvalid:
        return False


def _check_header(filing: PilaFile, head: dict[str, Any], settings: PilaSettings) -> None:
    _document(filing.doc_type, filing.doc_number, 1, 5)
    numeric = filing.doc_type == "NI"
    digit = int(nit_digit(filing.doc_number)) if numeric and filing.doc_number.isdigit() else 0
    wrong = [
        ("3 sequence", "sequence", head["sequence"] != 1),
        ("6 doc_number", "document_number", numeric and not filing.doc_number.isdigit()),
        ("7 check_digit", "check_digit", filing.check_digit != digit),
        ("10 related_paid_on", "not_blank", head["related_paid_on"] is not None),
        ("16 health_period", "health_period",
         head["health_period"] != health_period(filing.period, settings)),
        ("18 paid_on", "not_blank", head["paid_on"] is not None),
        ("19 workers", "count", head["workers"] != filing.workers),
        ("20 payroll", "total", head["payroll"] != filing.payroll),
        ("21 contributor_kind", "code_unknown",
         filing.contributor_kind not in _codes("contributor")),
    ]  # fmt: skip
    _refuse(wrong, 1)


def _check(one: PilaContributor, arl: str, settings: PilaSettings, line: int) -> None:
    """What the annex demands of one contributor."""
    _document(one.doc_type, one.doc_number, line, 3)
    known = _codes("kind").get(one.kind)
    if known is None:
        raise FilingRefused("kind_unknown", line=line, field="5 kind")
    numbers = {field.key: field.name for field in fixed.fields_of(LAYOUT, "detail")}
    wrong = []
    for (amount, base, days, fund), duty in zip(_DUTIES, known["duties"].split(), strict=True):
        paid, on, count = getattr(one, amount), getattr(one, base), getattr(one, days)
        wrong += [
            (numbers[days], "days", count > WHOLE_MONTH),
            (numbers[amount], "not_owed", duty == "n" and bool(paid or on or count)),
            (numbers[amount], "owed", duty == "o" and bool(count) != bool(paid)),
            (numbers[fund], "fund_missing", bool(paid) and not getattr(one, fund)),
            (numbers[amount], "not_hundred", paid.minor % 10_000 != 0),
        ]
    for mark, on_day in _DATED:
        marked, dated = bool(getattr(one, mark)), getattr(one, on_day) is not None
        wrong.append((numbers[on_day], "change_without_day", marked != dated))
    older = settings.salary_kind == "older" and one.salary_kind not in ("", "X")
    wrong += [
        ("41 salary_kind", "choice", older),
        ("77 arl_fund", "fund_differs", bool(one.arl) and one.arl_fund != arl),
        ("36 pension_days", "weeks", _odd_weeks(one, settings)),
    ]
    _refuse(wrong, line)


def _odd_weeks(one: PilaContributor, settings: PilaSettings) -> bool:
    """Whether the days of a part-time contributor are not those of whole weeks."""
    if one.kind != "51" or settings.part_time_days == "any":
        return False
    weeks = one.pension_days in WEEK_DAYS and one.ccf_days == one.pension_days
    return not (weeks and one.arl_days == WHOLE_MONTH)


def _refuse(wrong: list[tuple[str, str, bool]], line: int) -> None:
    for field, reason, broken in wrong:
        if broken:
            raise FilingRefused(reason, line=line, field=field)
