"""What an hour of a booked visit earns, by the members' rules of the day it is held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from bookings.models import Booking, Quote
from bookings.policies import LIVING_WAGE_FLOOR, WAGE_OF_A_VISIT
from bookings.queries.prices import pay_of
from bookings.rules.pricing import for_time
from bookings.rules.terms import WageFloor
from bookings.rules.visit_wage import VisitWage, hour_of_visit
from coop.kernel import Money
from coop.law import queries as law
from coop.law.registry import pack
from coop.members.types import MemberRef
from governance.queries import history, policy_in_force
from governance.registry import PolicyKey
from governance.types import PolicyStep

T = TypeVar("T")
#: A rule's version and its value on a day.
Voted = tuple[UUID, T]


@dataclass(frozen=True, slots=True)
class Earned:
    """The rate of an hour, and the versions of the rules that say so."""

    rate: Money
    versions: dict[str, str]


def earned(quote: Quote, *, by: MemberRef, service: str, on: date) -> Earned:
    """What an hour earns that is held on a day, booked at this price."""
    rule = policy_in_force(WAGE_OF_A_VISIT, cooperative_id=by.cooperative_id, on=on)
    floor = policy_in_force(LIVING_WAGE_FLOOR, cooperative_id=by.cooperative_id, on=on)
    return _earned(
        quote, by.country, service, on, (rule.version_id, rule.value),
        (floor.version_id, floor.value),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wages:
    """The two rules with all their versions, to ask of many visits after two queries."""

    by: MemberRef
    rules: Sequence[PolicyStep]
    floors: Sequence[PolicyStep]

    def rate(self, row: Booking) -> Money:
        on = row.during.lower.astimezone(ZoneInfo(self.by.zone)).date()
        rule = _then(WAGE_OF_A_VISIT, self.rules, self.by.country, on)
        floor = _then(LIVING_WAGE_FLOOR, self.floors, self.by.country, on)
        return _earned(row.quote, self.by.country, row.service.code, on, rule, floor).rate

    def pay(self, row: Booking) -> Money:
        """The wage of the booked time and its travel: what the price says, or more by then."""
        rate = self.rate(row)
        if rate.minor == row.quote.wage_minor:
            return pay_of(row.quote)
        place = pack(self.by.country)
        step = int(place.money_step * place.scale)
        work = for_time(rate, row.quote.paid_seconds, step)
        return work + for_time(rate, row.quote.travel_seconds, step)


def wages(by: MemberRef) -> Wages:
    here = by.cooperative_id
    rules = history(WAGE_OF_A_VISIT, cooperative_id=here)
    return Wages(by, rules, history(LIVING_WAGE_FLOOR, cooperative_id=here))


def _then(key: PolicyKey[T], steps: Sequence[PolicyStep], country: str, on: date) -> Voted[T]:
    """Newest first; before the first day of all, the founding's."""
    step = next((one for one in steps if one.effective_from <= on), steps[-1])
    return step.version_id, key.at_least(key.parse(step.terms), country, on)


def _earned(
    quote: Quote, country: str, service: str, on: date, rule: Voted[VisitWage],
    floor: Voted[WageFloor],
) -> Earned:  # fmt: skip
    booked = Money(quote.wage_minor, quote.currency)
    legal = law.wage_floor(pack(country), on).value
    rate = hour_of_visit(rule[1], booked=booked, held=floor[1].of(service), legal=legal)
    versions = {WAGE_OF_A_VISIT.name: str(rule[0])}
    if rate > booked:
        versions[LIVING_WAGE_FLOOR.name] = str(floor[0])
    return Earned(rate, versions)
