"""Colombia's PILA: every position as the annex says, and nothing bad is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from coop.kernel import Money
from payments.payroll.rules.filings import fixed
from payments.payroll.rules.filings.pila import export, read
from payments.payroll.rules.filings.pila_types import PilaContributor, PilaFile, PilaSettings
from payments.payroll.rules.filings.refusal import FilingRefused
from payments.payroll.rules.filings.settings import chosen

LATIN = PilaSettings()


def cop(pesos: int) -> Money:
    return Money.of(pesos, "COP")


def full(number: str = "1032456789", **more: Any) -> PilaContributor:
    """A whole month on the minimum wage of 2026."""
    wage = cop(1_750_905)
    whole = PilaContributor(
        kind="02", doc_type="CC", doc_number=number, surname="Muñoz", second_surname="Peña",
        first_name="Íngrid", second_name="del Mar", department="11", municipality="001",
        afp="230301", eps="EPS008", ccf="CCF22", arl_fund="14-23", pension_days=30, health_days=30,
        arl_days=30, ccf_days=30, salary=wage, salary_kind="F", pension_base=wage, health_base=wage,
        arl_base=wage, ccf_base=wage, pension_rate=Fraction("0.16"), pension=cop(280_200),
        health_rate=Fraction("0.125"), health=cop(218_900), arl_rate=Fraction("0.00522"),
        arl=cop(9_200), ccf_rate=Fraction("0.04"), ccf_amount=cop(70_100), exempt="N",
        risk_class="1", hours=182,
    )  # fmt: skip
    return replace(whole, **more)


def part_time(number: str = "52123456") -> PilaContributor:
    """Ten days: two weeks of pension and family fund, a whole month of labour risk."""
    two_weeks = cop(875_453)
    return PilaContributor(
        kind="51", doc_type="CC", doc_number=number, surname="O'Higgins", first_name="Ana",
        department="05", municipality="001", afp="230301", ccf="CCF22", arl_fund="14-23",
        pension_days=14, arl_days=30, ccf_days=14, salary=cop(700_000), salary_kind="V",
        pension_base=two_weeks, arl_base=cop(1_750_905), ccf_base=two_weeks,
        pension_rate=Fraction("0.16"), pension=cop(140_100), arl_rate=Fraction("0.00522"),
        arl=cop(9_200), ccf_rate=Fraction("0.04"), ccf_amount=cop(35_100), exempt="N",
        risk_class="1", hours=80, ing="X", ing_on=date(2026, 3, 10),
    )  # fmt: skip


def month(*contributors: PilaContributor) -> PilaFile:
    return PilaFile(
        name="Cooperativa Manos Unidas", doc_type="NI", doc_number="800197268", check_digit=4,
        contributor_kind="05", period=date(2026, 12, 1), arl_code="14-23",
        contributors=contributors or (full(), part_time()),
    )  # fmt: skip


def test_the_table_is_359_and_693_characters_of_22_and_98_fields() -> None:
    assert fixed.length("co_pila_tipo2", "header") == 359
    assert fixed.length("co_pila_tipo2", "detail") == 693
    assert len(fixed.fields_of("co_pila_tipo2", "header")) == 22
    assert len(fixed.fields_of("co_pila_tipo2", "detail")) == 98


def test_each_value_stands_where_the_annex_says() -> None:
    head, whole, part, rest = export(month(), LATIN).decode("iso-8859-1").split("\n")
    assert (len(head), len(whole), len(part), rest) == (359, 693, 693, "")
    assert head[:7] == "0100001"
    assert head[207:227] == "NI800197268       4S"[:20]
    assert head[304:318] == "2026-122027-01"
    assert head[338:359] == "00002000002626358" + "0500"
    assert whole[:27] == "0200001CC1032456789      02"
    assert whole[36:136].split() == ["Muñoz", "Peña", "Íngrid", "del", "Mar"]
    assert whole[237:253] == "0.16000000280200"
    assert whole[307:323] == "0.12500000218900"
    assert whole[347:356] == " " * 9
    assert whole[380:389] == "0.0052200"
    assert part[136] == "X"
    assert part[514:524] == "2026-03-10"
    assert part[183:191] == "14003014"


def test_the_operators_capitals_without_accents_are_a_setting() -> None:
    plain = replace(LATIN, encoding="ascii_upper", line_ending="crlf", final_ending="no")
    content = export(month(), plain)
    assert b"MUNOZ" in content
    assert b"INGRID" in content
    assert content.count(b"\r\n") == 2
    again = read(content, plain).contributors[0]
    assert (again.surname, again.second_surname) == ("MUNOZ", "PENA")


@pytest.mark.parametrize(
    ("line", "at", "now", "code", "field"),
    [
        (1, 1, "02", "filing_constant", "1 record"),
        (1, 226, "5", "filing_check_digit", "7 check_digit"),
        (1, 227, "E", "filing_choice", "8 form"),
        (1, 312, "2026-12", "filing_health_period", "16 health_period"),
        (1, 339, "00003", "filing_count", "19 workers"),
        (1, 344, "000002626359", "filing_total", "20 payroll"),
        (1, 356, "09", "filing_code_unknown", "21 contributor_kind"),
        (2, 3, "00002", "filing_sequence", "2 sequence"),
        (2, 8, "XX", "filing_document_unknown", "3 doc_type"),
        (2, 10, "A", "filing_document_number", "4 doc_number"),
        (2, 26, "01", "filing_kind_unknown", "5 kind"),
        (2, 26, "51", "filing_not_owed", "55 health"),
        (2, 137, "Z", "filing_choice", "15 ing"),
        (2, 137, "X", "filing_change_without_day", "80 ing_on"),
        (2, 160, " A", "filing_filling", "32 afp_to"),
        (2, 184, "31", "filing_days", "36 pension_days"),
        (2, 238, "0,16000", "filing_rate", "46 pension_rate"),
        (2, 245, "000280250", "filing_total", "50 pension_total"),
        (2, 348, "000000000", "filing_filling", "58 illness_value"),
        (2, 390, "00000000 ", "filing_digits", "62 work_centre"),
        (2, 399, "000009250", "filing_not_hundred", "63 arl"),
        (2, 507, "14-24 ", "filing_fund_differs", "77 arl_fund"),
        (3, 184, "10", "filing_weeks", "36 pension_days"),
        (3, 515, "2026-02-30", "filing_date", "80 ing_on"),
    ],
)
def test_a_bad_file_is_refused_by_line_field_and_reason(
    line: int, at: int, now: str, code: str, field: str
) -> None:
    lines = export(month(), LATIN).decode("iso-8859-1").split("\n")
    was = lines[line - 1]
    lines[line - 1] = was[: at - 1] + now + was[at - 1 + len(now) :]
    assert lines[line - 1] != was
    with pytest.raises(FilingRefused) as refused:
        read("\n".join(lines).encode("iso-8859-1"), LATIN)
    assert (refused.value.code, refused.value.line, refused.value.field) == (code, line, field)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"surname": "A" * 21}, "filing_text_too_long"),
        ({"surname": "Łuk"}, "filing_text_unwritable"),
        ({"pension": Money(2, "COP")}, "filing_not_whole"),
        ({"pension": Money(28020000, "KES"), "voluntary_worker": Money(0, "KES"), "voluntary_employer": Money(0, "KES")}, "filing_currency"),
        ({"salary": cop(-1)}, "filing_negative"),
        ({"salary": cop(10**9)}, "filing_width"),
        ({"pension_rate": Fraction(1, 3)}, "filing_rate"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_never_cut(change: dict[str, Any], code: str) -> None:
    with pytest.raises(FilingRefused) as refused:
        export(month(full(**change)), LATIN)
    assert (refused.value.code, refused.value.line) == (code, 2)


def names(longest: int, least: int = 1) -> st.SearchStrategy[str]:
    letters = st.text("abzXYZ ñÑÉüç'-.", min_size=least, max_size=longest)
    return letters.map(lambda text: " ".join(text.split())).filter(lambda t: len(t) >= least)


pesos = st.integers(0, 999_999_999).map(cop)
hundreds = st.integers(1, 9_999_999).map(lambda n: cop(n * 100))
days = st.none() | st.dates(date(2020, 1, 1), date(2030, 12, 31))


@st.composite
def lines(draw: st.DrawFn) -> PilaContributor:
    number = str(draw(st.integers(100, 9_999_999_999)))
    base = draw(st.sampled_from([full(number), part_time(number)]))
    left = draw(days)
    return replace(
        base, surname=draw(names(20)), second_surname=draw(names(30, 0)),
        first_name=draw(names(20)), second_name=draw(names(30, 0)), salary=draw(pesos),
        pension_base=draw(pesos), ccf_base=draw(pesos), pension=draw(hundreds),
        arl=draw(hundreds), ccf_amount=draw(hundreds), ret="X" if left else "", ret_on=left,
        hours=draw(st.integers(0, 999)), arl_rate=Fraction(draw(st.integers(0, 99)), 10**5),
        activity=draw(st.sampled_from(["", "1970001"])),
    )  # fmt: skip


@st.composite
def ways(draw: st.DrawFn) -> PilaSettings:
    kept = {"encoding", "salary_kind"}
    shown = [each for each in LATIN.doubts() if each.name not in kept]
    return chosen(PilaSettings, {s.name: draw(st.sampled_from(s.choices)) for s in shown})


@examples(max_examples=40)
@given(
    st.lists(lines(), min_size=1, max_size=3),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    names(200),
    ways(),
)
def test_what_is_written_reads_back_the_same(
    people: list[PilaContributor], period: date, name: str, how: PilaSettings
) -> None:
    filing = replace(month(*people), period=period.replace(day=1), name=name)
    assert read(export(filing, how), how) == filing


GOOD = export(month(), LATIN)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_one_changed_byte_is_refused_or_read_differently(at: int, byte: int) -> None:
    bad = GOOD[:at] + bytes([byte]) + GOOD[at + 1 :]
    try:
        found = read(bad, LATIN)
    except FilingRefused:
        assert bad != GOOD
    else:
        assert (found == month()) == (bad == GOOD)


@given(st.binary(max_size=1500))
def test_random_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(FilingRefused):
        read(content, LATIN)
