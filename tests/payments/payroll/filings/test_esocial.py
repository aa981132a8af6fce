"""Brazil's S-1200 and S-1210: order, occurrences and facets of the schema, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from coop.kernel import Money
from payments.payroll.rules.filings.esocial import (
    EsocialSettings,
    Pay,
    Payment,
    Payments,
    Rubric,
    event_id,
    export_pay,
    export_payments,
    read_pay,
    read_payments,
)
from payments.payroll.rules.filings.refusal import FilingRefused

HOW = EsocialSettings()
IDENTITY = event_id("2", "11144477735", datetime(2026, 4, 7, 10, 30, 5, tzinfo=UTC), 1, HOW)


def brl(major: str) -> Money:
    return Money.of(major, "BRL")


PAY = Pay(
    event_id=IDENTITY, employer_kind="2", employer_number="11144477735", cpf="52998224725",
    month=date(2026, 3, 1), statement="2026-03-A", place_number="11144477735001",
    allotment="LAR", registration="M-1",
    rubrics=(Rubric("HORAS", "1", brl("1621.00")), Rubric("INSS", "1", brl("121.57"))),
)  # fmt: skip
PAID = Payments(
    event_id=IDENTITY, employer_kind="2", employer_number="11144477735", cpf="52998224725",
    month=date(2026, 4, 1),
    payments=(Payment(date(2026, 4, 6), "1", date(2026, 3, 1), "2026-03-A", brl("1499.43")),),
)  # fmt: skip
S1200 = export_pay(PAY, HOW)
S1210 = export_payments(PAID, HOW)


def test_an_s1210_is_these_bytes() -> None:
    assert S1210.decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<eSocial xmlns="http://www.esocial.gov.br/schema/evt/evtPgtos/v_S_01_03_00">'
        '<evtPgtos Id="ID2111444777350002026040710300500001"><ideEvento><indRetif>1</indRetif>'
        "<perApur>2026-04</perApur><tpAmb>2</tpAmb><procEmi>1</procEmi><verProc>letsema-1</verProc>"
        "</ideEvento><ideEmpregador><tpInsc>2</tpInsc><nrInsc>11144477735</nrInsc></ideEmpregador>"
        "<ideBenef><cpfBenef>52998224725</cpfBenef><infoPgto><dtPgto>2026-04-06</dtPgto>"
        "<tpPgto>1</tpPgto><perRef>2026-03</perRef><ideDmDev>2026-03-A</ideDmDev>"
        "<vrLiq>1499.43</vrLiq></infoPgto></ideBenef></evtPgtos></eSocial>"
    )
    assert read_payments(S1210, HOW) == PAID


def test_an_s1200_reads_back_and_an_id_has_36_characters() -> None:
    assert read_pay(S1200, HOW) == PAY
    assert len(IDENTITY) == 36
    assert b"<codCateg>104</codCateg>" in S1200


@pytest.mark.parametrize(
    ("was", "now", "code"),
    [
        ("<tpAmb>2</tpAmb><procEmi>1</procEmi>", "<procEmi>1</procEmi><tpAmb>2</tpAmb>", "filing_field_missing"),
        ("<tpAmb>2</tpAmb>", "<tpAmb>2</tpAmb><tpAmb>2</tpAmb>", "filing_field_missing"),
        ("<tpAmb>2</tpAmb>", "<tpAmb>3</tpAmb>", "filing_choice"),
        ("<tpAmb>2</tpAmb>", "<tpAmb>1</tpAmb>", "filing_constant"),
        ("2026-03</perApur>", "2026-13</perApur>", "filing_pattern"),
        ("<cpfTrab>52998224725", "<cpfTrab>5299822472", "filing_pattern"),
        ("<cpfTrab>52998224725", "<cpfTrab>52998224726", "filing_check_digit"),
        ("<vrRubr>1621.00", "<vrRubr>0.00", "filing_value"),
        ("<vrRubr>1621.00", "<vrRubr>1621.0", "filing_amount"),
        ("<vrRubr>1621.00", "<vrRubr>1e3", "filing_value"),
        ("<codCateg>104", "<codCateg>101", "filing_constant"),
        ("<codLotacao>LAR", f"<codLotacao>{'L' * 31}", "filing_length"),
        ("<codLotacao>LAR", "<codLotacao a='1'>LAR", "filing_not_a_leaf"),
        ("<dmDev>", "<dmDev>x", "filing_xml_text"),
        ("<matricula>", "<apelido>x</apelido><matricula>", "filing_field_missing"),
        ("</dmDev>", "</dmDev><outro></outro>", "filing_field_unknown"),
        ("ID21114447773500020", "ID21114447773500120", "filing_event_id"),
        ("evtRemun/v_S_01_03_00", "evtRemun/v_S_01_02_00", "filing_constant"),
        ("<indApurIR>0", "<indApurIR>1", "filing_not_as_written"),
        ("<dmDev>", "<dmDev >", "filing_not_as_written"),
        ("</eSocial>", "", "filing_xml"),
        ("<eSocial ", "<!DOCTYPE x [<!ENTITY a 'b'>]><eSocial ", "filing_xml_foreign"),
    ],
)  # fmt: skip
def test_a_document_off_the_schema_is_refused(was: str, now: str, code: str) -> None:
    bad = S1200.decode().replace(was, now, 1)
    assert bad.encode() != S1200
    with pytest.raises(FilingRefused) as refused:
        read_pay(bad.encode(), HOW)
    assert refused.value.code == code
    assert refused.value.line == (0 if code == "filing_not_as_written" else 1)


words = st.text("abcÇãõé-'&<>\"9", min_size=1, max_size=30)
amounts = st.integers(1, 10**14 - 1).map(lambda minor: Money(minor, "BRL"))
rubrics = st.builds(Rubric, words, st.text("ab9", min_size=1, max_size=8), amounts)


@examples(max_examples=40)
@given(st.lists(rubrics, min_size=1, max_size=5), words, words, st.just("") | words)
def test_what_is_written_reads_back_the_same(
    lines: list[Rubric], statement: str, allotment: str, registration: str
) -> None:
    pay = replace(
        PAY, rubrics=tuple(lines), statement=statement, allotment=allotment,
        registration=registration,
    )  # fmt: skip
    assert read_pay(export_pay(pay, HOW), HOW) == pay


@given(st.integers(0, len(S1200) - 1), st.integers(0, 255))
def test_one_changed_byte_is_refused_or_read_differently(at: int, byte: int) -> None:
    bad = S1200[:at] + bytes([byte]) + S1200[at + 1 :]
    try:
        found = read_pay(bad, HOW)
    except FilingRefused:
        assert bad != S1200
    else:
        assert (found == PAY) == (bad == S1200)


@given(st.binary(max_size=300))
def test_random_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(FilingRefused):
        read_payments(content, HOW)
