"""South Africa's declaration: the golden files byte for byte, and nothing bad is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from coop.kernel import Money
from payments.payroll.rules.filings.refusal import FilingRefused
from payments.payroll.rules.filings.settings import chosen
from payments.payroll.rules.filings.uif import (
    UifDeclaration,
    UifEmployee,
    UifSettings,
    export,
    read,
)
from payments.payroll.rules.ids import luhn, uif_digit

REF = "001234568"
ACCEPTED = (
    '8000,"UICR",8010,"U1",8015,"E03",8020,"001234568",8030,"LIVE",8040,"Test Contact",8050,"0110000000",8060,"payroll@example.org",8070,202402\r\n'
    '8001,"UIWK",8110,"001234568",8210,"X0000001",8230,"Alpha",8240,"Ann",8250,19840618,8260,20140101,8280,01,8300,9933.52,8310,9933.52,8320,198.68\r\n'
    '8001,"UIWK",8110,"001234568",8200,8001015009087,8230,"Beta",8240,"Ben",8250,19840901,8260,20220301,8280,01,8300,39220,8310,17712,8320,354.24\r\n'
    '8002,"UIEM",8115,"001234568",8120,7123456789,8130,49153.52,8135,27645.52,8140,552.92,8150,2,8160,"payroll@example.org"'
).encode("ascii")
SECOND = (
    '8000,"UICR",8010,"U1",8015,"E03",8020,"001234568",8030,"LIVE",8040,"Jane Admin",8050,"0115551234",8060,"payroll@acme.co.za",8070,202609\r\n'
    '8001,"UIWK",8110,"001234568",8200,8001015009087,8220,"EMP001",8230,"Mokoena",8240,"Thabo",8250,19800101,8260,20200301,8280,1,8300,25000.00,8310,17712.00,8320,354.24\r\n'
    '8001,"UIWK",8110,"001234568",8210,"A1234567",8220,"EMP002",8230,"Smith",8240,"Ann",8250,19900515,8260,20250101,8270,20260831,8280,6,8290,6\r\n'
    '8002,"UIEM",8115,"001234568",8120,7123456789,8130,25000.00,8135,17712.00,8140,354.24,8150,2'
).encode("ascii")


def zar(major: str) -> Money:
    return Money.of(major, "ZAR")


def accepted() -> UifDeclaration:
    ann = UifEmployee(
        employer_ref=REF, other_number="X0000001", surname="Alpha", first_names="Ann",
        born_on=date(1984, 6, 18), employed_from=date(2014, 1, 1), status="01",
        gross=zar("9933.52"), remuneration=zar("9933.52"), contribution=zar("198.68"),
    )  # fmt: skip
    ben = UifEmployee(
        employer_ref=REF, id_number="8001015009087", surname="Beta", first_names="Ben",
        born_on=date(1984, 9, 1), employed_from=date(2022, 3, 1), status="01",
        gross=zar("39220"), remuneration=zar("17712"), contribution=zar("354.24"),
    )  # fmt: skip
    return UifDeclaration(
        creator_ref=REF, purpose="LIVE", contact="Test Contact", telephone="0110000000",
        email="payroll@example.org", month=date(2024, 2, 1), employer_ref=REF,
        paye_ref="7123456789", employer_email="payroll@example.org", employees=(ann, ben),
    )  # fmt: skip


def second() -> UifDeclaration:
    thabo = UifEmployee(
        employer_ref=REF, id_number="8001015009087", personnel_number="EMP001",
        surname="Mokoena", first_names="Thabo", born_on=date(1980, 1, 1),
        employed_from=date(2020, 3, 1), status="01", gross=zar("25000"),
        remuneration=zar("17712"), contribution=zar("354.24"),
    )  # fmt: skip
    ann = UifEmployee(
        employer_ref=REF, other_number="A1234567", personnel_number="EMP002", surname="Smith",
        first_names="Ann", born_on=date(1990, 5, 15), employed_from=date(2025, 1, 1),
        employed_to=date(2026, 8, 31), status="06", no_contribution="06",
    )  # fmt: skip
    return UifDeclaration(
        creator_ref=REF, purpose="LIVE", contact="Jane Admin", telephone="0115551234",
        email="payroll@acme.co.za", month=date(2026, 9, 1), employer_ref=REF,
        paye_ref="7123456789", employees=(thabo, ann),
    )  # fmt: skip


TRIMMED = UifSettings(amounts="trimmed")
ONE_DIGIT = UifSettings(status_digits="1")


@pytest.mark.parametrize(
    ("figures", "settings", "golden"),
    [(accepted(), TRIMMED, ACCEPTED), (second(), ONE_DIGIT, SECOND)],
    ids=["accepted file", "second source"],
)
def test_the_golden_file_comes_out_byte_for_byte_and_reads_back(
    figures: UifDeclaration, settings: UifSettings, golden: bytes
) -> None:
    assert export(figures, settings) == golden
    assert read(golden, settings) == figures


def test_by_default_amounts_have_two_decimals_and_the_status_two_digits() -> None:
    content = export(accepted(), UifSettings())
    assert b"8280,01,8300,39220.00,8310,17712.00,8320,354.24" in content
    assert content.count(b"\r\n") == 3
    assert not content.endswith(b"\n")


def test_every_unsure_point_is_shown_with_its_doubt_and_may_be_stored() -> None:
    shown = {each.name: each for each in UifSettings().doubts()}
    assert set(shown) == {
        "line_ending", "final_ending", "status_digits", "amounts", "encoding",
        "reference_check", "reasons",
    }  # fmt: skip
    assert all(each.doubt and each.value in each.choices for each in shown.values())
    assert chosen(UifSettings, TRIMMED.plain()) == TRIMMED
    with pytest.raises(FilingRefused) as refused:
        chosen(UifSettings, {"amounts": "three"})
    assert (refused.value.code, refused.value.field) == ("filing_setting_unknown", "amounts")


@pytest.mark.parametrize(
    ("was", "now", "code", "line", "field"),
    [
        ('8010,"U1"', '8010,"U2"', "filing_constant", 1, "8010 format"),
        ("8070,202402", "8070,202413", "filing_date", 1, "8070 month"),
        ("8200,8001015009087", "8200,8001015009086", "filing_check_digit", 3, "8200 id_number"),
        ('8110,"001234568"', '8110,"001234569"', "filing_check_digit", 2, "8110 employer_ref"),
        ("8280,01", "8280,1", "filing_status_unknown", 2, "8280 status"),
        ("8280,01", "8280,20", "filing_status_unknown", 2, "8280 status"),
        ("8300,9933.52", "8300,9933.5", "filing_amount", 2, "8300 gross"),
        ("8300,9933.52,", "", "filing_more_than_gross", 2, "8310 remuneration"),
        ("8320,198.68", "8320,0", "filing_reason_missing", 2, "8290 no_contribution"),
        ('8230,"Alpha"', "8230,Alpha", "filing_quoting", 2, "8230 surname"),
        ('8230,"Alpha",', "", "filing_field_missing", 2, "8230 surname"),
        ("8260,20140101", "8260,20140101,8260,20140101", "filing_field_unknown", 2, "8260"),
        ("8130,49153.52", "8130,49153.53", "filing_total", 4, "8130 total_gross"),
        ("8140,552.92", "8140,552.91", "filing_total", 4, "8140 total_contribution"),
        ("8150,2", "8150,3", "filing_count", 4, "8150 employees"),
        ("8250,19840618", "8250,19840631", "filing_date", 2, "8250 born_on"),
        ('"Ann"', '"Ann', "filing_pair", 2, "column 59"),
    ],
)
def test_a_bad_file_is_refused_by_line_field_and_reason(
    was: str, now: str, code: str, line: int, field: str
) -> None:
    bad = ACCEPTED.decode().replace(was, now, 1).encode()
    assert bad != ACCEPTED
    with pytest.raises(FilingRefused) as refused:
        read(bad, TRIMMED)
    assert (refused.value.code, refused.value.line, refused.value.field) == (code, line, field)


def test_lines_end_as_the_settings_say_or_the_file_is_refused() -> None:
    unix = ACCEPTED.replace(b"\r\n", b"\n")
    with pytest.raises(FilingRefused, match="line_ending"):
        read(unix, TRIMMED)
    assert read(unix, replace(TRIMMED, line_ending="lf")) == accepted()
    with pytest.raises(FilingRefused, match="final_line_ending"):
        read(ACCEPTED + b"\r\n", TRIMMED)
    assert read(ACCEPTED + b"\r\n", replace(TRIMMED, final_ending="yes")) == accepted()


@pytest.mark.parametrize(
    ("name", "code"),
    [("Ştefan", "filing_text_unwritable"), ('An"n', "filing_text_quote"), ("A" * 91, "filing_text_too_long"), ("An\x00n", "filing_text_control")],
)  # fmt: skip
def test_a_name_that_cannot_be_written_is_refused_not_changed(name: str, code: str) -> None:
    filing = accepted()
    odd = replace(filing, employees=(replace(filing.employees[0], first_names=name),))
    with pytest.raises(FilingRefused) as refused:
        export(odd, TRIMMED)
    assert (refused.value.code, refused.value.line) == (code, 2)


LETTERS = "abcXYZ ñÑéüçß'’-.,"


def names(longest: int) -> st.SearchStrategy[str]:
    """Names ISO-8859-1 has, up to the longest allowed."""
    return (
        st.text(LETTERS.replace("’", ""), min_size=1, max_size=longest)
        .map(lambda text: " ".join(text.split()))
        .filter(bool)
    )


@st.composite
def identities(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1930, 1, 1), date(2005, 12, 31)))
    body = f"{born:%y%m%d}{draw(st.integers(0, 9999)):04d}{draw(st.integers(0, 2))}8"
    return next(body + digit for digit in "0123456789" if luhn(body + digit))


@st.composite
def employees(draw: st.DrawFn, ref: str) -> UifEmployee:
    gross = draw(st.none() | st.integers(2, 10**9))
    base = draw(st.integers(1, gross)) if gross else None
    paid = draw(st.integers(1, base)) if base and draw(st.booleans()) else None
    started = draw(st.dates(date(2006, 1, 1), date(2026, 1, 1)))
    return UifEmployee(
        employer_ref=ref, surname=draw(names(120)), first_names=draw(names(90)),
        id_number=draw(identities()), personnel_number=draw(st.just("") | names(25)),
        born_on=draw(st.dates(date(1930, 1, 1), date(2005, 12, 31))), employed_from=started,
        employed_to=draw(st.none() | st.dates(started, date(2026, 6, 30))),
        status=f"{draw(st.integers(1, 19)):02d}",
        no_contribution="" if paid else draw(st.sampled_from(["01", "06"])),
        gross=Money(gross, "ZAR") if gross is not None else None,
        remuneration=Money(base, "ZAR") if base else None,
        contribution=Money(paid, "ZAR") if paid else None,
    )  # fmt: skip


@st.composite
def filings(draw: st.DrawFn) -> UifDeclaration:
    seven = f"{draw(st.integers(0, 9_999_999)):07d}"
    ref = f"0{seven}{uif_digit(seven)}"
    return UifDeclaration(
        creator_ref=ref, purpose=draw(st.sampled_from(["LIVE", "TEST"])), contact=draw(names(30)),
        telephone="+27110000000", email=draw(names(50)), month=date(2026, draw(st.integers(1, 12)), 1),
        employer_ref=ref, employees=tuple(draw(st.lists(employees(ref), min_size=1, max_size=3))),
    )  # fmt: skip


@st.composite
def settings(draw: st.DrawFn) -> UifSettings:
    shown = UifSettings().doubts()
    picked = {s.name: draw(st.sampled_from(s.choices)) for s in shown if s.name != "encoding"}
    return chosen(UifSettings, picked)


@examples(max_examples=40)
@given(filings(), settings())
def test_what_is_written_reads_back_the_same(filing: UifDeclaration, how: UifSettings) -> None:
    assert read(export(filing, how), how) == filing


@given(st.integers(0, len(ACCEPTED) - 1), st.integers(0, 255))
def test_one_changed_byte_is_refused_or_read_differently(at: int, byte: int) -> None:
    bad = ACCEPTED[:at] + bytes([byte]) + ACCEPTED[at + 1 :]
    try:
        found = read(bad, TRIMMED)
    except FilingRefused:
        assert bad != ACCEPTED
    else:
        assert (found == accepted()) == (bad == ACCEPTED)


@given(st.binary(max_size=600))
def test_random_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(FilingRefused):
        read(content, UifSettings())
