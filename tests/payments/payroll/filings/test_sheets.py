"""Plain sheets: any scheme of any country, and the DAE by its parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.kernel import Money
from coop.law import registry
from payments.payroll.rules.filings.refusal import FilingRefused
from payments.payroll.rules.filings.sheets import DaeRow, PlainRow, SheetSettings, export, read

HOW = SheetSettings()


def brl(major: str) -> Money:
    return Money.of(major, "BRL")


ROSA = DaeRow(
    country="BR", month=date(2026, 3, 1), worker_number="52998224725", name="Rosa Conceição",
    base=brl("1621"), inss_worker=brl("121.57"), inss_employer=brl("129.68"),
    accident=brl("12.97"), fgts=brl("129.68"), fgts_severance=brl("51.87"), income_tax=brl("0"),
)  # fmt: skip


def plain(country: str, scheme: str, currency: str, worker: int, employer: int) -> PlainRow:
    return PlainRow(
        country=country, scheme=scheme, month=date(2026, 3, 1), name="Zawadi, O'Neil",
        base=Money(100_000, currency), worker=Money(worker, currency),
        employer_share=Money(employer, currency), employer="E1", fund_number="N-7",
    )  # fmt: skip


def test_the_dae_sheet_adds_its_parts() -> None:
    assert export([ROSA, ROSA], HOW).decode() == (
        "country,month,CPF,name,currency,base,INSS worker,INSS employer,GILRAT,FGTS,FGTS severance,IRRF,total\r\n"
        "BR,2026-03,52998224725,Rosa Conceição,BRL,1621.00,121.57,129.68,12.97,129.68,51.87,0.00,445.77\r\n"
        "BR,2026-03,52998224725,Rosa Conceição,BRL,1621.00,121.57,129.68,12.97,129.68,51.87,0.00,445.77\r\n"
        "TOTAL,,,,,3242.00,243.14,259.36,25.94,259.36,103.74,0.00,891.54\r\n"
    )


def test_every_scheme_of_every_country_has_a_plain_sheet() -> None:
    written = 0
    for country in registry.countries():
        pack = registry.pack(country)
        for scheme in pack.schemes:
            row = plain(country, scheme.id, pack.currency, 1_000, 2_000)
            content = export([row], HOW)
            assert read("plain", content, HOW) == (row,)
            assert content.splitlines()[1].endswith(
                (row.worker + row.employer_share).major().encode()
            )
            written += 1
    assert written > 10


@pytest.mark.parametrize(
    ("was", "now", "code", "line", "field"),
    [
        ("445.77", "445.78", "filing_total", 2, "total"),
        ("TOTAL,,,,,1621.00", "TOTAL,,,,,1621.01", "filing_total", 3, "TOTAL"),
        ("52998224725", "52998224726", "filing_check_digit", 2, "worker_number"),
        ("2026-03", "2026-3", "filing_date", 2, "month"),
        ("1621.00,121.57", "1621,121.57", "filing_amount", 2, "base"),
        ("BRL", "XXX", "filing_currency", 2, "currency"),
        ("Rosa Conceição", "@Rosa", "filing_text_formula", 2, "name"),
        ("CPF", "PIS", "filing_columns", 1, ""),
    ],
)
def test_a_bad_sheet_is_refused_by_line_field_and_reason(
    was: str, now: str, code: str, line: int, field: str
) -> None:
    bad = export([ROSA], HOW).decode().replace(was, now, 1).encode()
    with pytest.raises(FilingRefused) as refused:
        read("dae", bad, HOW)
    assert (refused.value.code, refused.value.line, refused.value.field) == (code, line, field)


def test_two_currencies_are_never_added() -> None:
    with pytest.raises(FilingRefused, match="currency"):
        export([plain("BR", "FGTS", "BRL", 1, 2), plain("KE", "NSSF", "KES", 1, 2)], HOW)


names = (
    st.text("abzÑé ,'\"’漢", min_size=1, max_size=80)
    .map(lambda s: " ".join(s.split()))
    .filter(bool)
)
sums = st.integers(0, 10**14)


@given(
    st.sampled_from(["RWF", "UGX", "COP", "INR"]), names, sums, sums, st.sampled_from(["yes", "no"])
)
def test_what_is_written_reads_back_the_same(
    currency: str, name: str, worker: int, employer: int, mark: str
) -> None:
    how = replace(HOW, mark=mark)
    row = replace(plain("RW", "PENSION", currency, worker, employer), name=name)
    assert read("plain", export([row], how), how) == (row,)


GOOD = export([ROSA], HOW)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_one_changed_byte_is_refused_or_read_differently(at: int, byte: int) -> None:
    bad = GOOD[:at] + bytes([byte]) + GOOD[at + 1 :]
    try:
        found = read("dae", bad, HOW)
    except FilingRefused:
        assert bad != GOOD
    else:
        assert (found == (ROSA,)) == (bad == GOOD)


@given(st.binary(max_size=300))
def test_random_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(FilingRefused):
        read("plain", content, HOW)
