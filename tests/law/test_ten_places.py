"""Facts of single places, each worked by hand from the published figures."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from coop.kernel import BadInput, Money, RuleBroken
from coop.law import registry
from coop.law.rules.contributions import contributions
from coop.law.rules.usable import check_usable
from coop.law.rules.wages import wage_minimum
from coop.law.types import Confidence, ContributionLine, Override
from tests.law.test_published_examples import law, line


def taken(country: str, gross: str, on: date, **known: object) -> dict[str, ContributionLine]:
    pack = registry.pack(country)
    pay = Money.of(gross, pack.currency)
    result = contributions(pack, gross=pay, on=on, **known)  # type: ignore[arg-type]
    return {found.scheme: found for found in result.lines}


def halves(found: ContributionLine) -> tuple[str, str]:
    return found.worker.major(), found.employer.major()


def test_south_africa_settles_each_half_and_counts_24_hours_for_each_employer() -> None:
    on = date(2024, 2, 15)
    assert halves(taken("ZA", "9933.52", on, hours=24)["UIF"]) == ("99.34", "99.34")
    assert "UIF" not in taken("ZA", "9933.52", on, hours=Fraction(2399, 100))


@pytest.mark.parametrize(
    ("days", "weeks", "pension", "family_fund"),
    [(1, 1, "70100.00", "17600.00"), (8, 2, "140100.00", "35100.00"), (21, 3, "210200.00", "52600.00")],
)  # fmt: skip
def test_colombia_insures_part_time_by_weeks_and_risk_on_a_whole_wage(
    days: int, weeks: int, pension: str, family_fund: str
) -> None:
    """A week is 1750905 / 4 = 437726.25: 16 % and 4 % of it, up to the next hundred."""
    found = taken("CO", "600000", date(2026, 2, 1), days=days)
    assert found["PENSION"].total.major() == pension
    assert found["CAJA"].total.major() == family_fund
    assert found["ARL"].total.major() == "9200.00"
    assert "SALUD" not in found
    assert law("contributions", "CO", days=str(days), on="2026-02")["weeks"] == weeks


def test_colombia_from_22_days_insures_in_full_on_a_whole_minimum_wage() -> None:
    found = taken("CO", "1200000", date(2026, 2, 1), days=22)
    assert found["SALUD"].base.major() == "1750905.00"
    assert [found[x].total.major() for x in ("SALUD", "PENSION", "ARL")] == [
        "218900.00", "280200.00", "9200.00",
    ]  # fmt: skip


def test_kenya_has_a_hospital_fund_until_september_2024_and_then_a_floor_of_300() -> None:
    assert halves(taken("KE", "30000", date(2024, 9, 30))["NHIF"]) == ("900.00", "0.00")
    after = taken("KE", "30000", date(2024, 10, 1))
    assert "NHIF" not in after
    assert after["SHIF"].worker.major() == "825.00"
    assert taken("KE", "5000", date(2024, 10, 1))["SHIF"].worker.major() == "300.00"


@pytest.mark.parametrize(
    ("on", "most"),
    [
        (date(2023, 2, 1), "1080.00"), (date(2024, 2, 1), "2160.00"),
        (date(2025, 2, 1), "4320.00"), (date(2026, 2, 1), "6480.00"),
    ],
)  # fmt: skip
def test_kenya_raises_its_pension_ceiling_in_four_steps(on: date, most: str) -> None:
    assert halves(taken("KE", "500000", on)["NSSF"]) == (most, most)


@pytest.mark.parametrize(
    ("on", "most"),
    [
        (date(2023, 1, 1), "877.24"), (date(2023, 5, 1), "876.97"), (date(2024, 1, 1), "908.86"),
        (date(2025, 1, 1), "951.62"), (date(2026, 1, 1), "988.09"),
    ],
)  # fmt: skip
def test_brazil_takes_the_published_most_each_year(on: date, most: str) -> None:
    found = taken("BR", "20000", on)
    assert found["INSS"].worker.major() == most
    assert sum(part.worker.minor for part in found["INSS"].parts) == found["INSS"].worker.minor


def test_brazil_charges_the_employer_a_fifth() -> None:
    """8 + 0.8 + 8 + 3.2 % of 1621: 129.68, 12.968, 129.68, 51.872."""
    found = taken("BR", "1621", date(2026, 2, 1))
    employer = [found[x].employer.major() for x in ("INSS_PATRONAL", "GILRAT", "FGTS")]
    assert employer == ["129.68", "12.97", "129.68"]
    assert found["FGTS_COMPENSATORIO"].employer.major() == "51.87"
    assert found["INSS"].worker.major() == "121.57"
    assert found["INSS"].confidence is Confidence.UNSURE


@pytest.mark.parametrize(
    ("on", "band", "amount"),
    [
        (date(2025, 7, 31), "16+", "28688.55"), (date(2025, 8, 1), "16+", "34036.97"),
        (date(2026, 1, 31), "<12", "8359.52"), (date(2026, 2, 1), "12-16", "13727.08"),
    ],
)  # fmt: skip
def test_argentina_takes_the_amount_of_the_month_it_falls_due(
    on: date, band: str, amount: str
) -> None:
    found = taken("AR", "300000", on, worker_class=band)["CASAS"]
    assert (found.worker.major(), found.employer.major()) == ("0.00", amount)
    assert [part.name for part in found.parts] == ["Obra social", "Previsión", "ART"]


def test_argentina_finds_the_band_by_weekly_hours_and_asks_when_it_cannot() -> None:
    on = date(2026, 2, 1)
    amounts = [
        taken("AR", "300000", on, week_hours=Fraction(h))["CASAS"].total.major()
        for h in ("11.5", "12", "15.5", "16")
    ]
    assert amounts == ["8741.78", "13727.08", "13727.08", "37095.95"]
    with pytest.raises(BadInput) as caught:
        taken("AR", "300000", on)
    assert caught.value.code == "band_missing"


def test_rwanda_counts_transport_from_2025_for_the_pension_only() -> None:
    pay = Money.of("20000", "RWF")
    assert halves(taken("RW", "100000", date(2024, 5, 1), allowances=pay)["PENSION"]) == (
        "2400", "2400",
    )  # fmt: skip
    now = taken("RW", "100000", date(2025, 5, 1), allowances=pay)
    assert halves(now["PENSION"]) == ("6000", "6000")
    assert halves(now["MATERNITY"]) == ("240", "240")
    assert halves(taken("RW", "100000", date(2030, 1, 1))["PENSION"]) == ("10000", "10000")


def test_uganda_covers_households_from_2022() -> None:
    assert taken("UG", "100000", date(2022, 1, 1)) == {}
    assert halves(taken("UG", "100000", date(2022, 1, 2))["NSSF"]) == ("5000", "10000")
    earlier = taken("UG", "100000", date(2022, 1, 1), employer="cooperative")
    assert halves(earlier["NSSF"]) == ("5000", "10000")


def test_trinidad_takes_a_class_by_the_week_and_the_mondays_of_a_month() -> None:
    """March 2026 has five Mondays: 5 × 45.60 for class V."""
    asked = law("contributions", "TT", gross="4100", weeks="mondays", on="2026-03")
    assert line(asked, "NIS")["worker"] == "228.00"
    named = law("contributions", "TT", gross="820", on="2026-03", **{"class": "XVI"})
    assert line(named, "NIS")["total"] == "508.50"
    assert taken("TT", "199.99", date(2026, 3, 1)) == {}


def test_india_adds_back_what_allowances_exceed_half_from_the_codes_on() -> None:
    """Of 20000 with 14000 of allowances: 6000 before; half, 10000, after."""
    pay, who = Money.of("14000", "INR"), "cooperative"
    before = taken("IN", "20000", date(2025, 11, 20), employer=who, allowances=pay)
    after = taken("IN", "20000", date(2025, 11, 21), employer=who, allowances=pay)
    assert (before["EPF"].worker.major(), after["EPF"].worker.major()) == ("720.00", "1200.00")
    whole = taken("IN", "21000", date(2026, 1, 1), employer=who)
    assert [p.employer.major() for p in whole["EPF"].parts] == ["1250.00", "550.00"]
    assert "ESI" in whole
    assert "ESI" not in taken("IN", "21000.01", date(2026, 1, 1), employer=who)
    assert taken("IN", "20000", date(2026, 1, 1)) == {}


def test_an_old_minimum_of_india_needs_an_override_for_its_own_state_and_its_own_time() -> None:
    pack, today = registry.pack("IN"), date(2026, 11, 24)
    cited = wage_minimum(pack, today, "TN").cited
    with pytest.raises(RuleBroken) as caught:
        check_usable(cited, today)
    assert caught.value.code == "law_stale"
    signed = Override(cited[0].key, "Meena R", "asked the labour department", today)
    assert check_usable(cited, today, [signed]) == (signed,)
    with pytest.raises(RuleBroken):
        check_usable(cited, date(2026, 11, 25), [signed])
    with pytest.raises(RuleBroken):
        check_usable(wage_minimum(pack, today, "KA").cited, today, [signed])


def test_the_dominican_amounts_are_fixed_and_the_state_adds_its_own() -> None:
    found = taken("DO", "10000", date(2026, 1, 1))["SDSS"]
    assert halves(found) == ("28.50", "571.50")
    assert "259.43" in found.rule.plain
