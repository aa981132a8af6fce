"""The same few options are understood after every question, and every line is alike."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

from coop.law import registry
from tests.law.test_published_examples import law, line, value

KEYS = {
    "scheme", "base", "worker", "employer", "total", "rule", "period", "source", "url",
    "confidence",
}  # fmt: skip
ASKED = [
    ("contributions", "CO", {"gross": "1750905"}),
    ("wage", "CO", {}),
    ("hours", "CO", {}),
    ("premium", "CO", {}),
    ("leave", "CO", {}),
    ("thirteenth", "CO", {"gross": "1750905"}),
    ("notice", "ZA", {}),
    ("review", "IN", {}),
]


@pytest.mark.parametrize(("question", "country", "options"), ASKED)
def test_every_line_of_every_question_has_the_same_keys(
    question: str, country: str, options: dict[str, str]
) -> None:
    lines = law(question, country, on="2026-02", **options)["lines"]
    assert lines
    for found in lines:
        assert set(found) >= KEYS
        assert isinstance(found["source"], str)
        assert found["confidence"] in {"verified", "likely", "unsure"}


@pytest.mark.parametrize("country", registry.countries())
def test_each_place_answers_its_contributions_on_a_month(country: str) -> None:
    asked = law("contributions", country, gross="15000", hours="160", days="20", on="2026-03")
    assert asked["lines"]
    assert asked["employer"] == ("cooperative" if country == "IN" else "household")
    assert asked["on"] == "2026-03-01"


def test_a_days_list_answers_each_and_all_together() -> None:
    asked = law("contributions", "CO", days="7,8", gross="600000", on="2026-02")
    assert [answer["days"] for answer in asked["answers"]] == [7, 8]
    assert [x["total"] for x in asked["lines"] if x["scheme"] == "PENSION"] == [
        "70100.00", "140100.00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "minimum", "passes"),
    [
        ({"gross": "4836.80", "hours": "8", "days": "20"}, "4836.80", True),
        ({"gross": "4836.79", "hours": "160"}, "4836.80", False),
        ({"gross": "272.07", "days": "1"}, "272.07", True),
        ({"gross": "5894.84"}, "5894.85", False),
    ],
)
def test_a_wage_says_whether_it_passes_for_the_time_it_was_paid_for(
    options: dict[str, str], minimum: str, passes: bool
) -> None:
    """30.23 an hour: 160 hours 4836.80; a day of nine 272.07; a month of 195 hours 5894.85."""
    asked = law("wage", "ZA", on="2026-04", **options)
    assert (asked["minimum"], asked["passes"]) == (minimum, passes)


def test_a_premium_is_asked_on_an_hour_or_on_a_month() -> None:
    """1750905 / 220 is 7958.66 an hour; a rest day at 1.80 is 14325.59."""
    asked = law("premium", "CO", gross="1750905", on="2026-02", **{"class": "sunday"})
    assert asked["hourly"] == "7958.66"
    assert line(asked, "rest_day")["total"] == "14325.59"
    visit = law("premium", "ZA", on="2026-02")
    assert value(visit, "minimum_visit_hours") == "4"


def test_thirteenth_month_by_the_habit_of_each_place() -> None:
    half = law("thirteenth", "AR", gross="384713.01", on="2025-12")
    assert line(half, "sac")["amount"] == "192356.51"
    whole = law("thirteenth", "BR", gross="1621", on="2026-12")
    assert line(whole, "decimo_terceiro")["amount"] == "1621.00"
    assert line(whole, "terco_ferias")["amount"] == "540.33"
    only = law("thirteenth", "CO", gross="1750905", on="2026-06", **{"class": "cesantias"})
    assert [x["amount"] for x in only["lines"]] == ["2000000.00"]


def test_notice_by_tenure_in_months_years_or_days() -> None:
    lengths = [
        law("notice", "BR", on="2026-02", **said)["lines"][0]["length"]
        for said in ({"months": "11"}, {"years": "1"}, {"days": "1000"}, {"years": "30"})
    ]
    assert lengths == [30, 33, 36, 90]


@pytest.mark.parametrize(
    ("country", "since", "until", "changed"),
    [
        ("ZA", "2025-03-01", "2026-03-01", {"minimum wage": ("28.79", "30.23")}),
        ("CO", "2026-07-14", "2026-07-15", {"week_hours_max": ("44", "42"),
                                            "hour_divisor": ("220", "210")}),
        ("CO", "2026-06-30", "2026-07-01", {"rest_day_multiplier": ("1.8", "1.9"),
                                            "holiday_multiplier": ("1.8", "1.9")}),
        ("KE", "2026-01-31", "2026-02-01", {"NSSF": ("72000", "108000")}),
        ("KE", "2024-09-30", "2024-10-01", {"NHIF": ("1700", "no rule"),
                                            "SHIF": ("no rule", "0.0275")}),
    ],
)  # fmt: skip
def test_diff_names_each_change_and_nothing_else(
    country: str, since: str, until: str, changed: dict[str, tuple[str, str]]
) -> None:
    out = StringIO()
    call_command("law", "diff", country, "--from", since, "--to", until, "--json", stdout=out)
    lines = {found["name"]: found for found in json.loads(out.getvalue())["lines"]}
    assert set(lines) == set(changed)
    for name, (before, after) in changed.items():
        assert before in lines[name]["before"]
        assert after in lines[name]["after"]


def test_review_lists_what_a_run_would_refuse_and_the_day_to_look_again() -> None:
    out = StringIO()
    call_command("law", "review", "--on", "2026-11-24", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert [place["country"] for place in answer["places"]] == registry.countries()
    refused = {found["scheme"] for found in answer["lines"]}
    assert {"BR.INSS@2026-01-01", "TT.overtime_multiplier@2016-09-05"} <= refused
    assert "IN.minimum_wage.TN@2018-08-01" in refused
    assert not any(key.startswith(("ZA.", "CO.", "KE.")) for key in refused)
