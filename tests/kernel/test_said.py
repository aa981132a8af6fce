"""A sentence is kept apart from its facts, and each reader hears it in her language."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import pytest
from django.utils import translation

from coop.kernel import Money, Rate, RuleBroken, Said, again, saying, together

WAGE = saying("%(hours)s h × %(wage)s", hours=Fraction(9, 2), wage=Money.of("45.00", "ZAR"))
UIF = saying(
    "employer's share: %(rule)s",
    rule=saying("%(rate)s of %(base)s", rate=Rate(Fraction(1, 100)), base=saying("remuneration")),
)


@pytest.mark.parametrize(
    "said",
    [
        WAGE,
        UIF,
        together([WAGE, UIF]),
        saying("since %(day)s", day=date(2026, 3, 1)),
        saying("%(n)s of %(name)s", n=3, name="Ubuntu"),
    ],
)
def test_what_is_kept_as_json_gives_the_same_sentence_again(said: Said) -> None:
    kept = json.loads(json.dumps(said.kept, sort_keys=True))
    assert again(said.sentence, kept) == said


def test_what_is_kept_holds_no_written_figure() -> None:
    assert WAGE.kept == {"hours": {"number": "9/2"}, "wage": {"minor": 4500, "currency": "ZAR"}}
    assert UIF.kept["rule"]["with"]["rate"] == {"rate": "1/100"}
    assert saying("since %(day)s", day=date(2026, 3, 1)).kept == {"day": {"on": "2026-03-01"}}


def test_a_program_reads_it_in_english_with_plain_figures() -> None:
    with translation.override("es"):
        assert WAGE.plain == "4.5 h × 45.00 ZAR"
        assert UIF.plain == "employer's share: 1% of remuneration"
        assert together([WAGE, UIF]).plain == f"{WAGE.plain}; {UIF.plain}"


def test_a_person_reads_amounts_and_numbers_as_she_writes_them() -> None:
    with translation.override("en"):
        assert str(WAGE) == "4.5 h × R45,00"
    with translation.override("es"):
        assert str(WAGE) == "4,5 h × 45,00\xa0ZAR"


def test_a_refusal_writes_its_amounts_the_same_way() -> None:
    refused = RuleBroken("low", "%(wage)s is too little.", wage=Money.of("45.00", "ZAR"))
    with translation.override("en"):
        assert refused.message == "R45,00 is too little."
    assert str(refused) == "45.00 ZAR is too little."


def test_what_a_member_wrote_is_no_pattern() -> None:
    assert str(Said("100 %(off)s, she wrote")) == "100 %(off)s, she wrote"
