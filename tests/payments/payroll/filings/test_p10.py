"""Kenya's P10: the columns of both forms, and nothing bad is read."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from coop.kernel import Money
from payments.payroll.rules.filings.p10 import (
    P10Legacy,
    P10Settings,
    P10Simplified,
    Row,
    export,
    read,
)
from payments.payroll.rules.filings.refusal import FilingRefused
from payments.payroll.rules.filings.settings import chosen

PLAIN = P10Settings()
LEGACY = P10Settings(form="legacy")


def kes(major: str) -> Money:
    return Money.of(major, "KES")


AMINA = P10Simplified(
    pin="A012345678Z", name="Amina Wanjiru", cash_pay=kes("20000"), gross=kes("20000"),
    shif=kes("550"), nssf=kes("1200"), housing_levy=kes("300"), taxable=kes("17950"),
    relief=kes("2400"),
)  # fmt: skip
GRACE = P10Legacy(
    pin="A012345679B", name="Otieno, Grace", basic=kes("25000.50"), overtime=kes("800"),
    pension=kes("1500.03"), relief=kes("2400"),
)  # fmt: skip


def test_the_simplified_form_has_26_columns_in_order() -> None:
    assert export([AMINA], PLAIN) == (
        b"A012345678Z,Amina Wanjiru,Resident,Primary Employee,No,,20000,0,0,0,Benefit not given,"
        b"0,0,20000,550,1200,0,0,0,300,17950,2400,0,0,0,0\r\n"
    )


def test_the_legacy_form_has_24_columns_or_25_when_the_template_wants_it() -> None:
    line = (
        b'A012345679B,"Otieno, Grace",Resident,Primary Employee,25000.50,0,0,0,800,0,0,0,0,0,'
        b"Benefit not given,0,0,1500.03,0,0,2400,0,0,0"
    )
    assert export([GRACE], LEGACY) == line + b"\r\n"
    wider = replace(LEGACY, extra_column="yes")
    assert export([GRACE], wider) == line + b",\r\n"
    assert read(line + b",\r\n", wider) == (GRACE,)
    with pytest.raises(FilingRefused, match="columns"):
        read(line + b",\r\n", LEGACY)


def test_an_amount_that_does_not_apply_may_be_blank() -> None:
    blank = replace(PLAIN, zero="blank", amounts="two")
    content = export([AMINA], blank)
    assert content.endswith(b",550.00,1200.00,,,,300.00,17950.00,2400.00,,,,\r\n")
    assert read(content, blank) == (AMINA,)


@pytest.mark.parametrize(
    ("was", "now", "code", "field"),
    [
        ("A012345678Z", "A01234567Z", "filing_pin", "1 pin"),
        ("Amina Wanjiru", "", "filing_field_missing", "2 name"),
        ("Amina Wanjiru", "=1+1", "filing_text_formula", "2 name"),
        ("Amina Wanjiru", "Amina  Wanjiru", "filing_text_spacing", "2 name"),
        ("Amina Wanjiru", '"Amina Wanjiru"', "filing_csv_quoting", ""),
        ("Resident", "Tourist", "filing_choice", "3 residence"),
        ("20000", "20,000", "filing_columns", ""),
        ("20000", "20000.5", "filing_amount", "7 cash_pay"),
        ("20000", "-20000", "filing_amount", "7 cash_pay"),
        ("20000", "2e4", "filing_amount", "7 cash_pay"),
    ],
)
def test_a_bad_file_is_refused_by_line_field_and_reason(
    was: str, now: str, code: str, field: str
) -> None:
    good = export([replace(AMINA, pin="B000000001C"), AMINA], PLAIN).decode()
    first, second, rest = good.split("\r\n")
    bad = "\r\n".join([first, second.replace(was, now, 1), rest])
    with pytest.raises(FilingRefused) as refused:
        read(bad.encode(), PLAIN)
    assert (refused.value.code, refused.value.line, refused.value.field) == (code, 2, field)


def test_one_person_is_in_the_return_once() -> None:
    with pytest.raises(FilingRefused, match="twice"):
        export([AMINA, AMINA], PLAIN)


def test_a_row_of_the_other_form_is_refused() -> None:
    with pytest.raises(FilingRefused, match="form"):
        export([GRACE], PLAIN)


names = (
    st.text("abzXYZ ñÑÉü'’-.,\"", min_size=1, max_size=200)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and text[0] != "-")
)


@st.composite
def people(draw: st.DrawFn, kind: type[Row]) -> Row:
    sums: dict[str, Any] = {
        each.name: Money(draw(st.integers(0, 10**12)), "KES")
        for each in fields(kind)
        if each.type == "Money"
    }
    pin = f"A{draw(st.integers(0, 999_999_999)):09d}{draw(st.sampled_from('ABZ'))}"
    return kind(pin=pin, name=draw(names), **sums)


@st.composite
def returns(draw: st.DrawFn) -> tuple[tuple[Row, ...], P10Settings]:
    how = chosen(P10Settings, {s.name: draw(st.sampled_from(s.choices)) for s in PLAIN.doubts()})
    kind = P10Legacy if how.form == "legacy" else P10Simplified
    rows = st.lists(people(kind), min_size=1, max_size=2, unique_by=lambda one: one.pin)
    return tuple(draw(rows)), how


@examples(max_examples=40)
@given(returns())
def test_what_is_written_reads_back_the_same(case: tuple[tuple[Row, ...], P10Settings]) -> None:
    rows, how = case
    assert read(export(rows, how), how) == rows


GOOD = export([AMINA, replace(AMINA, pin="B000000001C")], PLAIN)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_one_changed_byte_is_refused_or_read_differently(at: int, byte: int) -> None:
    bad = GOOD[:at] + bytes([byte]) + GOOD[at + 1 :]
    try:
        found = read(bad, PLAIN)
    except FilingRefused:
        assert bad != GOOD
    else:
        assert (found == read(GOOD, PLAIN)) == (bad == GOOD)


@given(st.binary(max_size=300))
def test_random_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(FilingRefused):
        read(content, PLAIN)
