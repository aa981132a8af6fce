"""A pack loads or fails whole; a stale or unsure figure is refused until an officer signs."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from coop.kernel import Money, NotFound, RuleBroken
from coop.law import registry
from coop.law.registry import PackInvalid, parse
from coop.law.rules.contributions import contributions
from coop.law.rules.usable import check_usable
from coop.law.rules.wages import wage_floor
from coop.law.types import Override
from tests.law.mini import mini

GOOD = """
country: ZA
currency: ZAR
compiled: 2026-11-23
money_step: "0.01"
sources: {s: {title: a table}}
minimum_wages:
  - {from: 2026-01-01, to: 2026-02-28, hour: "28.79", source: s, confidence: verified}
  - {from: 2026-03-01, hour: "30.23", source: s, confidence: verified, review_by: 2027-02-28}
"""


@pytest.mark.parametrize("country", registry.countries())
def test_every_shipped_pack_loads(country: str) -> None:
    assert registry.pack(country).country == country
    assert registry.pack(country) is registry.pack(country.lower())


def test_unknown_country() -> None:
    with pytest.raises(NotFound):
        registry.pack("XX")


@pytest.mark.parametrize(
    ("old", "new", "path", "reason"),
    [
        ('"30.23"', "30.23", "line 9", "write the figure in quotes, as '30.23'"),
        ('"30.23"', "30", "minimum_wages.1.hour", 'write the figure in quotes, as "30"'),
        ('"30.23"', '"much"', "minimum_wages.1.hour", "'much' is not a number"),
        ("source: s, confidence: verified}", "source: t, confidence: verified}",
         "minimum_wages.0.source", "the source 't' is not listed"),
        (", review_by: 2027-02-28", "", "minimum_wages.1.review_by", "look at it again"),
        ("from: 2026-03-01", "from: 2026-02-01", "minimum_wages", "two rows hold on 2026-02-01"),
        ("to: 2026-02-28", "to: 2025-02-28", "minimum_wages.0.to", "ends before it begins"),
        ("money_step", "money_stop", "money_step", "Field required"),
        ("country: ZA", "country: CO", "country", "does not match"),
        ("compiled:", "currency:", "line 4", "'currency' is written twice"),
    ],
)  # fmt: skip
def test_a_bad_pack_fails_whole_with_file_path_and_reason(
    old: str, new: str, path: str, reason: str
) -> None:
    assert parse(GOOD, "ZA.yaml").minimum_wages
    with pytest.raises(PackInvalid) as caught:
        parse(GOOD.replace(old, new, 1), "ZA.yaml")
    facts = caught.value.facts
    assert (facts["file"], facts["path"]) == ("ZA.yaml", path)
    assert reason in str(facts["reason"])


def test_stale_figure_needs_a_signed_override() -> None:
    floor = wage_floor(registry.pack("ZA"), date(2026, 4, 1))
    assert check_usable([floor], date(2027, 2, 28)) == ()
    with pytest.raises(RuleBroken) as caught:
        check_usable([floor], date(2027, 3, 1))
    assert caught.value.code == "law_stale"
    signed = Override(floor.key, "Thandi M", "gazette is late", date(2027, 3, 31))
    assert check_usable([floor], date(2027, 3, 1), [signed]) == (signed,)
    with pytest.raises(RuleBroken):
        check_usable([floor], date(2027, 4, 1), [signed])


def test_unsure_figure_is_refused_and_a_closed_one_never_goes_stale() -> None:
    unsure = contributions(mini("BR"), gross=Money.of("1621", "BRL"), on=date(2026, 5, 1))
    with pytest.raises(RuleBroken) as caught:
        check_usable(unsure.cited, date(2026, 6, 1))
    assert caught.value.code == "law_unsure"
    closed = wage_floor(registry.pack("ZA"), date(2024, 4, 1))
    assert check_usable([closed], date(2040, 1, 1)) == ()


def ask(*words: str) -> dict[str, object]:
    out = StringIO()
    call_command("law", *words, "--json", stdout=out)
    answer: dict[str, object] = json.loads(out.getvalue())
    return answer


def test_command_answers_without_a_database() -> None:
    answer = ask("contributions", "--country", "ZA", "--gross", "39220", "--on", "2024-02-15")
    uif = answer["lines"][0]  # type: ignore[index]
    assert (uif["base"], uif["worker"], uif["employer"]) == ("17712.00", "177.12", "177.12")
    assert {"scheme", "rule", "period", "source", "confidence"} <= set(uif)


@pytest.mark.parametrize(
    "words",
    [
        ("wage", "--country", "CO", "--on", "2026-08-01", "--hours", "8", "--gross", "70000"),
        ("hours", "--country", "ZA", "--on", "2026-08-01", "--hours", "45"),
        ("premium", "--country", "ZA", "--on", "2026-08-01"),
        ("leave", "--country", "ZA", "--on", "2026-08-01", "--hours", "170"),
        ("thirteenth", "--country", "CO", "--on", "2026-06-30", "--gross", "1750905"),
        ("notice", "--country", "ZA", "--on", "2026-08-01", "--tenure-months", "7"),
        ("surplus", "--country", "CO", "--on", "2026-02-28", "--gross", "1000000"),
        ("diff", "ZA", "--from", "2025-03-01", "--to", "2026-03-01"),
    ],
)
def test_every_question_has_lines_and_a_table(words: tuple[str, ...]) -> None:
    assert ask(*words)["lines"]
    out = StringIO()
    call_command("law", *words, stdout=out)
    assert "country:" in out.getvalue()


def test_diff_says_what_changed() -> None:
    answer = ask("diff", "ZA", "--from", "2025-03-01", "--to", "2026-03-01")
    assert [(x["name"], x["before"][:10], x["after"][:10]) for x in answer["lines"]] == [  # type: ignore[attr-defined]
        ("minimum wage", "hour 28.79", "hour 30.23")
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("contributions", "--country", "XX", "--gross", "1"), "law_country_unknown"),
        (("contributions", "--country", "ZA", "--gross", "abc"), "money_unreadable"),
        (("contributions", "--country", "ZA"), "gross_missing"),
        (("wage", "--country", "ZA", "--on", "2026-13-01"), "day_unreadable"),
        (("notice", "--country", "CO", "--tenure-months", "3"), "law_silent"),
    ],
)
def test_a_refusal_is_one_sentence_with_its_code(words: tuple[str, ...], code: str) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("law", *words, stdout=StringIO())
    assert str(caught.value).startswith(f"{code}: ")
    assert caught.value.returncode == 1
