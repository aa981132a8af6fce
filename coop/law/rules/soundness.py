"""What a pack may not say: rates out of order or below nothing, parts that do not add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from coop.law.types import ClassesPeriod, FixedPeriod, Pack, RatePeriod, SlicesPeriod
from coop.law.types.schemes import AnyPeriod

Fault = tuple[str, str]


def faults(pack: Pack) -> Iterator[Fault]:
    """Every fault of the figures themselves, as a path within the file and a reason."""
    for i, scheme in enumerate(pack.schemes):
        for j, period in enumerate(scheme.periods):
            for path, reason in _period(period):
                yield f"schemes.{i}.periods.{j}.{path}", reason
    ids = [scheme.id for scheme in pack.schemes]
    for i, name in enumerate(ids):
        if name in ids[:i]:
            yield f"schemes.{i}.id", f"the scheme {name!r} is written twice"
    yield from _regimes(pack)
    yield from _wages(pack)
    yield from _benefits(pack)


def _period(period: AnyPeriod) -> Iterator[Fault]:
    if isinstance(period, RatePeriod):
        yield from _rate(period)
    elif isinstance(period, SlicesPeriod):
        tops = [s.up_to for s in period.slices]
        if None in tops[:-1]:
            yield "slices", "only the last slice may be without end"
        yield from _rising("slices", [top for top in tops if top is not None])
        yield from _shares("slices", [x for s in period.slices for x in (s.worker, s.employer)])
    elif isinstance(period, ClassesPeriod):
        yield from _rising("classes", [c.pay_from for c in period.classes])
        yield from _amounts("classes", [x for c in period.classes for x in (c.worker, c.employer)])
    else:
        yield from _fixed(period)


def _rate(period: RatePeriod) -> Iterator[Fault]:
    rates = [period.worker, period.employer, *period.employer_by_class.values()]
    yield from _shares("rates", [*rates, *(step.worker for step in period.worker_steps)])
    yield from _rising("worker_steps", [s.from_minimum_wages for s in period.worker_steps])
    yield from _rising("weeks_by_days", [Fraction(r.from_days) for r in period.weeks_by_days])
    for before, row in pairwise(period.weeks_by_days):
        if row.from_days != before.to_days + 1:
            yield "weeks_by_days", f"after {before.to_days} days comes {row.from_days}"
    if period.base == "weeks_of_minimum_wage" and not period.weeks_by_days:
        yield "weeks_by_days", "a base of weeks needs the days that make them"
    parts = period.employer_parts
    if parts and sum(parts.values()) != period.employer:
        yield "employer_parts", "the parts do not add up to the employer's rate"


def _fixed(period: FixedPeriod) -> Iterator[Fault]:
    amounts = [x for x in (period.worker, period.employer, period.state) if x is not None]
    yield from _amounts("fixed", amounts)
    yield from _rising("bands", [band.hours_from for band in period.bands])
    yield from _amounts("bands", [x for b in period.bands for x in (b.worker, b.employer)])
    for band in period.bands:
        if band.parts and sum(band.parts.values()) != band.employer:
            yield "bands", f"the parts of {band.name!r} do not add up to the employer's amount"


def _regimes(pack: Pack) -> Iterator[Fault]:
    known = {regime.id for regime in pack.regimes}
    for i, scheme in enumerate(pack.schemes):
        for j, period in enumerate(scheme.periods):
            for name in period.applies.regimes:
                if name not in known:
                    yield (
                        f"schemes.{i}.periods.{j}.applies.regimes",
                        f"the regime {name!r} is not listed",
                    )


def _wages(pack: Pack) -> Iterator[Fault]:
    areas = {row.area for row in pack.minimum_wages}
    if pack.usual_area is not None and pack.usual_area not in areas:
        yield "usual_area", f"no minimum wage has the area {pack.usual_area!r}"
    for i, row in enumerate(pack.minimum_wages):
        said = [x for x in (row.hour, row.day, row.month) if x is not None]
        if not said:
            yield f"minimum_wages.{i}", "say it by hour, day or month"
        yield from _amounts(f"minimum_wages.{i}", said)


def _benefits(pack: Pack) -> Iterator[Fault]:
    known = {"wage", "wage_and_transport"}
    for i, row in enumerate(pack.benefits):
        if row.base not in known:
            yield f"benefits.{i}.base", f"{row.base!r} is neither pay nor a benefit above"
        if row.divisor <= 0:
            yield f"benefits.{i}.divisor", "divide by more than nothing"
        known.add(row.id)


def _rising(path: str, values: Sequence[Fraction]) -> Iterator[Fault]:
    if any(after <= before for before, after in pairwise(values)):
        yield path, "write them in rising order"


def _shares(path: str, values: Sequence[Fraction]) -> Iterator[Fault]:
    if any(not 0 <= value <= 1 for value in values):
        yield path, "a rate lies between 0 and 1"


def _amounts(path: str, values: Sequence[Fraction]) -> Iterator[Fault]:
    if any(value < 0 for value in values):
        yield path, "an amount is not less than nothing"
