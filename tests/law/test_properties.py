"""What holds for every pack on every day its rules change, whatever the pay."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest

from coop.kernel import Money, total
from coop.law import registry
from coop.law.rules.contributions import contributions
from coop.law.types import (
    ClassesPeriod,
    ContributionResult,
    FixedPeriod,
    Pack,
    RatePeriod,
    SlicesPeriod,
)  # fmt: skip

EMPLOYERS = ("household", "cooperative")
DAYS = [
    (country, day)
    for country in registry.countries()
    for day in sorted(
        {
            period.effective_from
            for scheme in registry.pack(country).schemes
            for period in scheme.periods
        }
        | {row.effective_from for row in registry.pack(country).minimum_wages}
    )
    if country != "CO" or registry.pack(country).wage_row(day)  # its bases are minimum wages
]
#: A pay a month for the grid, from very little to more than any ceiling.
START = {"COP": 200_000, "UGX": 50_000, "RWF": 20_000, "ARS": 60_000}
STEPS = 10


def edges(pack: Pack, on: date) -> Iterator[Fraction]:
    """Every amount of pay that a rule in force names."""
    for scheme in pack.schemes:
        period = scheme.in_force(on)
        if isinstance(period, SlicesPeriod):
            yield from (s.up_to for s in period.slices if s.up_to is not None)
        elif isinstance(period, ClassesPeriod):
            yield from (c.pay_from for c in period.classes)
        elif isinstance(period, RatePeriod) and period.ceiling and period.ceiling.amount:
            yield period.ceiling.amount
        if period is not None and period.applies.pay_month_max is not None:
            yield period.applies.pay_month_max


def pays(pack: Pack, on: date) -> list[Money]:
    """A grid of pays, and each edge with the unit below and above it."""
    least = START.get(pack.currency, 150)
    found = {pack.money(Fraction(least * 2**n)).minor for n in range(STEPS)}
    for edge in edges(pack, on):
        at = pack.money(edge).minor
        found |= {max(at - 1, 0), at, at + 1}
    return [Money(minor, pack.currency) for minor in sorted(found)]


def asked(pack: Pack, pay: Money, on: date, employer: str) -> ContributionResult:
    return contributions(pack, gross=pay, on=on, hours=160, days=30, employer=employer)


@pytest.mark.parametrize(("country", "day"), DAYS)
def test_nothing_is_lost_between_worker_employer_and_total(country: str, day: date) -> None:
    pack = registry.pack(country)
    for pay in pays(pack, day):
        for employer in EMPLOYERS:
            result = asked(pack, pay, day, employer)
            for line in result.lines:
                assert line.worker + line.employer == line.total
                assert min(line.worker.minor, line.employer.minor, line.base.minor) >= 0
                if line.parts:
                    worker = total([part.worker for part in line.parts], pack.currency)
                    employers = total([part.employer for part in line.parts], pack.currency)
                    assert employers == line.employer
                    assert worker == line.worker or (country, line.scheme) == ("IN", "EPF")
            assert result.worker == total([x.worker for x in result.lines], pack.currency)
            assert result.employer == total([x.employer for x in result.lines], pack.currency)
            assert result.worker + result.employer == result.total


@pytest.mark.parametrize(("country", "day"), DAYS)
def test_the_bases_of_slices_add_up_to_the_base(country: str, day: date) -> None:
    pack = registry.pack(country)
    sliced = [s.code for s in pack.schemes if isinstance(s.in_force(day), SlicesPeriod)]
    for pay in pays(pack, day):
        for line in asked(pack, pay, day, "household").lines:
            if line.scheme in sliced:
                assert total([part.base for part in line.parts], pack.currency) == line.base


#: The one place where more pay means less contribution, and the pay it happens above.
ENDS = {("IN", "ESI"): Fraction(21000)}


@pytest.mark.parametrize(("country", "day"), DAYS)
def test_more_pay_never_means_a_smaller_contribution_but_where_a_scheme_ends(
    country: str, day: date
) -> None:
    pack = registry.pack(country)
    for employer in EMPLOYERS:
        results = [asked(pack, pay, day, employer) for pay in pays(pack, day)]
        for less, more in pairwise(results):
            now = {line.scheme: line for line in more.lines}
            for line in less.lines:
                end = ENDS.get((country, line.scheme))
                if line.scheme not in now:
                    assert end is not None
                    assert less.gross <= pack.money(end) < more.gross
                    continue
                assert now[line.scheme].worker >= line.worker
                assert now[line.scheme].total >= line.total


def jumps(pack: Pack, on: date) -> set[int]:
    """The published pays at which her own part steps up: classes, bands, and rates by steps."""
    found: set[int] = set()
    for scheme in pack.schemes:
        period = scheme.in_force(on)
        if isinstance(period, ClassesPeriod):
            found |= {pack.money(c.pay_from).minor for c in period.classes}
        elif isinstance(period, RatePeriod) and period.worker_steps:
            wage = pack.wage_row(on)
            if wage is not None and wage.month is not None:
                steps = [wage.month * s.from_minimum_wages for s in period.worker_steps]
                found |= {pack.money(step).minor for step in steps}
    return found


@pytest.mark.parametrize(("country", "day"), DAYS)
def test_more_pay_never_means_less_to_take_home_but_at_a_published_step(
    country: str, day: date
) -> None:
    """A part settled to a whole coin may take that coin; anything more is a step of the law."""
    pack = registry.pack(country)
    steps = jumps(pack, day)
    coin = 100 * len(pack.schemes) if country == "IN" else len(pack.schemes) + 100
    results = [asked(pack, pay, day, "cooperative") for pay in pays(pack, day)]
    for less, more in pairwise(results):
        at_a_step = any(less.gross.minor < step <= more.gross.minor for step in steps)
        if not at_a_step and less.worker.minor:
            lost = (less.gross - less.worker).minor - (more.gross - more.worker).minor
            assert lost <= coin


def test_the_steps_where_taking_home_falls_are_these() -> None:
    """Trinidad's and the old Kenyan classes, and Colombia's solidarity fund; nothing else."""
    found = {
        (country, scheme.id)
        for country in registry.countries()
        for scheme in registry.pack(country).schemes
        for period in scheme.periods
        if isinstance(period, ClassesPeriod)
        or (isinstance(period, RatePeriod) and period.worker_steps)
    }
    assert found == {("TT", "NIS"), ("KE", "NHIF"), ("CO", "FSP")}


def test_fixed_amounts_do_not_look_at_the_pay() -> None:
    for country, scheme_id in (("DO", "SDSS"), ("AR", "CASAS")):
        pack = registry.pack(country)
        scheme = next(s for s in pack.schemes if s.id == scheme_id)
        assert all(isinstance(period, FixedPeriod) for period in scheme.periods)
        day = scheme.periods[0].effective_from
        lines = [asked(pack, pay, day, "household").lines[0] for pay in pays(pack, day)]
        assert len({(line.worker, line.employer) for line in lines}) == 1


def test_the_shipped_places_are_ten() -> None:
    assert registry.countries() == ["AR", "BR", "CO", "DO", "IN", "KE", "RW", "TT", "UG", "ZA"]
