"""Published cases come out to the cent, and no split loses anything."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from coop.kernel import BadInput, Money, RuleBroken, total
from coop.law import registry
from coop.law.rules.contributions import contributions
from coop.law.types import ContributionLine, ContributionResult, Pack
from tests.law.mini import mini

EXAMPLES = yaml.safe_load((Path(__file__).parent.parent / "data/law_examples.yaml").read_text())
SHIPPED = registry.countries()


def pack_of(country: str) -> Pack:
    return registry.pack(country) if country in ("ZA", "CO", "RW", "UG") else mini(country)


def ask(country: str, gross: str, on: date, **known: Any) -> ContributionResult:
    pack = pack_of(country)
    return contributions(pack, gross=Money.of(gross, pack.currency), on=on, **known)


def line(result: ContributionResult, scheme: str) -> ContributionLine:
    return next(x for x in result.lines if x.scheme == scheme)


@pytest.mark.parametrize("case", EXAMPLES["contributions"], ids=lambda case: case["id"])
def test_published_case(case: dict[str, Any]) -> None:
    places = [pack_of(case["country"])]
    if case["country"] in SHIPPED:
        places.append(registry.pack(case["country"]))
    for pack in places:
        gross = Money.of(case["gross"], pack.currency)
        result = contributions(
            pack, gross=gross, on=case["day"], worker_class=case.get("class"), week_hours=10
        )
        lines = [x for x in result.lines if x.scheme == case["scheme"]]
        currency = pack.currency
        found = {
            "base": lines[0].base,
            "worker": total([x.worker for x in lines], currency),
            "employer": total([x.employer for x in lines], currency),
            "total": total([x.total for x in lines], currency),
        }
        for key in ("base", "worker", "employer", "total"):
            if key in case:
                assert found[key].major() == case[key], (case["id"], key)
        if "slices" in case:
            assert [part.worker.major() for part in lines[0].parts] == case["slices"]


def test_uif_says_its_rule_and_source() -> None:
    uif = line(ask("ZA", "39220", date(2024, 2, 15)), "UIF")
    assert uif.rule.plain == "1% of remuneration up to 17712.00 ZAR"
    assert uif.rule_id == "ZA.UIF@2021-06-01"
    assert uif.period == "from 2021-06-01"
    assert uif.confidence.value == "verified"


def test_coida_is_the_employers_alone() -> None:
    coida = line(ask("ZA", "5000.00", date(2026, 4, 1)), "COIDA")
    assert (coida.worker.major(), coida.employer.major()) == ("0.00", "52.00")


@pytest.mark.parametrize(("hours", "owed"), [(23, False), (24, True), (25, True)])
def test_uif_is_owed_from_exactly_24_hours(hours: int, owed: bool) -> None:
    result = ask("ZA", "700", date(2026, 4, 1), hours=hours)
    assert ("UIF" in [x.scheme for x in result.lines]) is owed
    if not owed:
        assert result.skipped[0].reason == (
            "Exempt: under 24 hours in the month for this employer."
        )


def test_full_colombian_month_before_and_after_rounding() -> None:
    """CO-1 (Publimetro, 2025-12-30); a planilla of 508.300 is confirmed for this wage."""
    result = ask("CO", "1750905", date(2026, 3, 1))
    plain = {x.scheme: x.before_rounding.employer.major() for x in result.lines}
    assert plain == {
        "SALUD": "148827.00", "PENSION": "210109.00", "ARL": "9140.00", "CAJA": "70036.00",
    }  # fmt: skip
    rounded = {x.scheme: x.total for x in result.lines}
    assert rounded["SALUD"].major() == "218900.00"
    assert rounded["PENSION"].major() == "280200.00"
    assert rounded["ARL"].major() == "9200.00"
    three = rounded["SALUD"] + rounded["PENSION"] + rounded["ARL"]
    assert three.major() == "508300.00"
    assert line(result, "SALUD").worker.major() == "70036.00"


@pytest.mark.parametrize(("days", "weeks"), [(1, 1), (7, 1), (8, 2), (14, 2), (15, 3), (21, 3)])
def test_colombian_weeks_by_days(days: int, weeks: int) -> None:
    """CO-6 (Decreto 2616 de 2013, art. 6)."""
    result = ask("CO", "700000", date(2026, 3, 1), days=days)
    assert result.regime == "part_time"
    base = {1: "437727.00", 2: "875453.00", 3: "1313179.00"}[weeks]
    assert line(result, "PENSION").base.major() == base
    assert line(result, "ARL").base.major() == "1750905.00"
    assert "SALUD" not in [x.scheme for x in result.lines]


def test_one_colombian_week_is_settled_up_to_a_hundred() -> None:
    result = ask("CO", "76394", date(2026, 3, 1), days=1)
    found = {x.scheme: x.total.major() for x in result.lines}
    assert found == {"PENSION": "70100.00", "ARL": "9200.00", "CAJA": "17600.00"}


def test_22_days_are_insured_in_full_on_a_whole_minimum_wage() -> None:
    result = ask("CO", "1300000", date(2026, 3, 1), days=22)
    assert result.regime == "full"
    assert line(result, "SALUD").base.major() == "1750905.00"


def test_part_time_is_refused_when_it_does_not_fit() -> None:
    with pytest.raises(RuleBroken) as caught:
        ask("CO", "700000", date(2026, 3, 1), days=22, worker_class="51")
    assert caught.value.code == "regime_not_met"


def test_risk_class_changes_only_the_injury_insurance() -> None:
    first = ask("CO", "1750905", date(2026, 3, 1))
    fifth = ask("CO", "1750905", date(2026, 3, 1), worker_class="V")
    changed = [a.scheme for a, b in zip(first.lines, fifth.lines, strict=True) if a != b]
    assert changed == ["ARL"]
    assert line(fifth, "ARL").total.major() == "121900.00"


def test_solidarity_fund_begins_at_four_minimum_wages() -> None:
    below = ask("CO", "7003619", date(2026, 3, 1))
    at = ask("CO", "7003620", date(2026, 3, 1))
    assert "FSP" not in [x.scheme for x in below.lines]
    assert line(at, "FSP").worker.major() == "70036.00"


def test_weekly_classes_take_a_month_by_its_weeks() -> None:
    month = ask("TT", "3280.00", date(2024, 5, 1), weeks=4)
    assert line(month, "NIS").worker.major() == "148.80"
    poor = ask("TT", "150.00", date(2024, 5, 1))
    assert poor.lines == ()
    assert poor.skipped[0].code == "below_classes"


def test_hours_band_is_found_from_weekly_hours() -> None:
    assert ask("AR", "1", date(2026, 2, 1), week_hours=12).total.major() == "13727.08"
    assert ask("AR", "1", date(2026, 2, 1), week_hours=16).total.major() == "37095.95"
    with pytest.raises(BadInput):
        ask("AR", "1", date(2026, 2, 1))


def test_a_rule_that_is_not_in_force_is_skipped_and_said() -> None:
    result = ask("KE", "9000", date(2020, 1, 1))
    assert {skip.code for skip in result.skipped} == {"not_in_force"}


PLACES = [
    ("RW", date(2026, 4, 1)), ("UG", date(2026, 4, 1)),
    ("ZA", date(2026, 4, 1)), ("CO", date(2026, 4, 1)), ("KE", date(2026, 4, 1)),
    ("BR", date(2024, 4, 1)), ("BR", date(2025, 4, 1)), ("DO", date(2026, 4, 1)),
    ("TT", date(2025, 4, 1)),
]  # fmt: skip


@given(place=st.sampled_from(PLACES), minor=st.integers(0, 10**9), more=st.integers(0, 10**7))
def test_halves_make_the_whole_and_more_pay_never_takes_less(
    place: tuple[str, date], minor: int, more: int
) -> None:
    """The employer's rounding-up part may shrink by a peso; the worker's part and the whole may not."""
    pack = pack_of(place[0])
    less, greater = (
        contributions(pack, gross=Money(m, pack.currency), on=place[1])
        for m in (minor, minor + more)
    )
    for result in (less, greater):
        assert result.worker + result.employer == result.total
        assert total([x.total for x in result.lines], pack.currency) == result.total
        for x in result.lines:
            assert x.worker + x.employer == x.total
            assert x.employer.minor >= 0
    assert greater.worker >= less.worker
    assert greater.total >= less.total


@given(minor=st.integers(1, 3 * 10**8), more=st.integers(0, 10**7), days=st.integers(1, 30))
def test_more_pay_never_costs_a_colombian_worker_her_insurance(
    minor: int, more: int, days: int
) -> None:
    """Across the published edge of one minimum wage the whole only grows: weeks become full cover."""
    less, greater = (
        contributions(pack_of("CO"), gross=Money(m, "COP"), on=date(2026, 4, 1), days=days)
        for m in (minor, minor + more)
    )
    assert greater.worker >= less.worker
    assert greater.total >= less.total


def test_rwanda_takes_six_point_eight_percent_of_the_worker() -> None:
    """6% + 0.3% + 0.5% (Anker Research Institute, 2025)."""
    assert ask("RW", "100000", date(2025, 6, 1)).worker.major() == "6800"
