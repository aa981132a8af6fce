"""The questions bookings puts to the members."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from bookings.rules import terms
from bookings.rules.silence import Silence, silence
from bookings.rules.terms import CancellationTerms, CardCost, OfferWindow, WageFloor, Weights
from bookings.rules.visit_wage import VisitWage, visit_wage
from coop.kernel import Money, Rate, Rounding, RuleBroken, round_fraction, saying, written
from coop.law import queries as law
from coop.law.registry import pack
from coop.law.types import Name
from coop.members import queries as members
from coop.members.types import MemberRef
from governance.registry import PolicyKey, register


def _founding_wage(country: str, on: date) -> dict[str, Any]:
    """At least the ratio of the place's charter over the legal hour, in a round sum."""
    place = pack(country)
    legal = law.wage_floor(place, on).value
    ratio, step = (place.number(n, on) for n in (Name.FOUNDING_WAGE_RATIO, Name.FOUNDING_WAGE_STEP))
    size = int(step.value * place.scale) if step else 1
    least = legal.minor * (ratio.value if ratio else 1)
    living = Money(round_fraction(Fraction(least) / size, Rounding.UP) * size, legal.currency)
    chartered = place.amount(Name.FOUNDING_WAGE, on)
    if chartered is not None:
        living = max(living, chartered.value)
    return {"currency": legal.currency, "default": living.major(), "services": {}}


def _wage_at_law(value: WageFloor, country: str, on: date) -> None:
    floor = law.wage_floor(pack(country), on)
    for name, wage in [("", value.default), *sorted(value.services.items())]:
        if wage.currency != floor.value.currency:
            raise RuleBroken(
                "below_law",
                "Wages here are said in %(currency)s.",
                currency=floor.value.currency,
            )
        if wage < floor.value:
            raise RuleBroken(
                "below_law",
                "%(wage)s an hour undercuts the law: %(rule)s is %(floor)s (%(source)s)."
                " Propose at least that.",
                wage=wage, rule=floor.rule, source=saying(floor.source.title), floor=floor.value,
                service=name,
            )  # fmt: skip


def _wage_at_least(value: WageFloor, country: str, on: date) -> WageFloor:
    legal = law.wage_floor(pack(country), on).value
    services = {name: max(wage, legal) for name, wage in value.services.items()}
    return WageFloor(max(value.default, legal), services)


def _describe_wage(value: WageFloor) -> str:
    said = _("An hour earns at least %(wage)s.") % {"wage": written(value.default)}
    for code, wage in sorted(value.services.items()):
        said += " " + _("%(service)s: %(wage)s.") % {"service": code, "wage": written(wage)}
    return said


def _own_week(
    before: WageFloor, after: WageFloor, who: MemberRef
) -> list[tuple[str, Money | str, Money | str]]:
    """What the hours she wants in a week earn at the least, before and after."""
    minutes = (
        members.profile(who).wanted_minutes_per_week if who.worker_id and who.person_id else None
    )
    if not minutes:
        return []
    hours = Fraction(minutes, 60)
    week = [
        Money(round_fraction(floor.default.minor * hours, Rounding.DOWN), floor.default.currency)
        for floor in (before, after)
    ]
    return [(_("Your week of %(hours)s hours") % {"hours": written(hours)}, week[0], week[1])]


def _visit_at_law(value: Fraction, country: str, on: date) -> None:
    floor = law.minimum_visit_hours(pack(country), on)
    if floor is not None and value < floor.value:
        raise RuleBroken(
            "below_law",
            "A minimum of %(hours)s hours undercuts the law: %(rule)s (%(source)s).",
            hours=value, rule=floor.rule, source=saying(floor.source.title), floor=floor.value,
        )  # fmt: skip


def _visit_at_least(value: Fraction, country: str, on: date) -> Fraction:
    legal = law.minimum_visit_hours(pack(country), on)
    return max(value, legal.value) if legal else value


def _founding_visit(country: str, on: date) -> dict[str, str]:
    floor = law.minimum_visit_hours(pack(country), on)
    return {"hours": str(floor.value) if floor else "3"}


def _founding_card(country: str, on: date) -> dict[str, str]:
    """What the usual card company of the place takes; nothing where the pack does not know."""
    place = pack(country)
    rate, fixed = place.number(Name.CARD_RATE, on), place.amount(Name.CARD_FIXED, on)
    zero = Money.zero(place.currency)
    return {
        "currency": place.currency,
        "percent": terms.written(rate.value * 100) if rate else "0",
        "fixed": (fixed.value if fixed else zero).major(),
        "source": rate.source.title if rate else "",
    }


def _card_of_place(value: CardCost, country: str, on: date) -> None:
    if value.fixed.currency != pack(country).currency:
        raise RuleBroken(
            "currency_wrong",
            "Sums here are said in %(currency)s.",
            currency=pack(country).currency,
        )


LIVING_WAGE_FLOOR: PolicyKey[WageFloor] = register(
    PolicyKey(
        name="living_wage_floor",
        title=_n("Living-wage floor"),
        preview=_own_week,
        parse=terms.wage_floor,
        founding=_founding_wage,
        describe=_describe_wage,
        floor=_wage_at_law,
        at_least=_wage_at_least,
    )
)
MINIMUM_VISIT: PolicyKey[Fraction] = register(
    PolicyKey(
        name="minimum_visit",
        title=_n("Minimum visit"),
        parse=terms.hours,
        founding=_founding_visit,
        describe=lambda value: (
            _("A visit is paid for at least %(hours)s hours.") % {"hours": written(value)}
        ),
        floor=_visit_at_law,
        at_least=_visit_at_least,
    )
)
COOPERATIVE_SHARE: PolicyKey[Fraction] = register(
    PolicyKey(
        name="cooperative_share",
        title=_n("Cooperative's share"),
        parse=terms.percent,
        founding=lambda country, on: {"percent": "15"},
        describe=lambda value: (
            _("The cooperative keeps %(percent)s %% of the cost of work.")
            % {"percent": written(value * 100)}
        ),
    )
)
CANCELLATION_TERMS: PolicyKey[CancellationTerms] = register(
    PolicyKey(
        name="cancellation_terms",
        title=_n("Late cancellation"),
        parse=terms.cancellation,
        founding=lambda country, on: {"late_hours": 24, "paid_percent": "50"},
        describe=lambda value: (
            _("Cancelled less than %(hours)s hours before, %(percent)s %% of the time is paid.")
            % {"hours": value.late_hours, "percent": written(value.paid * 100)}
        ),
    )
)
OFFER_WINDOW: PolicyKey[OfferWindow] = register(
    PolicyKey(
        name="offer_window",
        title=_n("Time to answer an offer"),
        parse=terms.offer_window,
        founding=lambda country, on: {"minutes": 30, "wave": 3},
        describe=lambda value: (
            _("An offer stands %(minutes)s minutes; %(wave)s are asked at once.")
            % {"minutes": value.minutes, "wave": value.wave}
        ),
    )
)
PAIRING_WEIGHTS: PolicyKey[Weights] = register(
    PolicyKey(
        name="pairing_weights",
        title=_n("What counts in pairing"),
        parse=terms.weights,
        founding=lambda country, on: {"fairness": 5, "continuity": 3, "travel": 2},
        describe=lambda value: (
            _("Fairness counts %(fairness)s, continuity %(continuity)s, a short way %(travel)s.")
            % value.as_dict()
        ),
    )
)
TRAVEL_PAY: PolicyKey[int] = register(
    PolicyKey(
        name="travel_pay",
        title=_n("Paid travel"),
        parse=terms.minutes,
        founding=lambda country, on: {"minutes": 30},
        describe=lambda value: (
            _("Each visit pays %(minutes)s minutes of travel.") % {"minutes": value}
        ),
    )
)
#: A vote rather than a setting: a cooperative's own contract with its card company replaces the
#: published price from a day on, and the version kept with a quote replays it to the cent.
CARD_COST: PolicyKey[CardCost] = register(
    PolicyKey(
        name="card_cost",
        title=_n("Card cost"),
        parse=terms.card_cost,
        founding=_founding_card,
        describe=lambda value: (
            _("Paying by card adds what the card company takes: %(percent)s and %(fixed)s.")
            % {"percent": written(Rate(value.rate)), "fixed": written(value.fixed)}
        ),
        floor=_card_of_place,
    )
)
SILENCE: PolicyKey[Silence] = register(
    PolicyKey(
        name="silence",
        title=_n("What silence means"),
        parse=silence,
        founding=lambda country, on: {"hours": 24, "beyond": False},
        describe=lambda value: (
            (
                _("After %(hours)s hours without an answer, the time one side told counts.")
                if value.beyond
                else _(
                    "After %(hours)s hours without an answer, the time one side told counts, up to"
                    " what was booked. The office settles the rest."
                )
            )
            % {"hours": value.hours}
        ),
    )
)
#: Founded as held: a vote says what an hour earns from a day on, and that day is when she works.
WAGE_OF_A_VISIT: PolicyKey[VisitWage] = register(
    PolicyKey(
        name="wage_of_a_visit",
        title=_n("Wage of a visit booked before a vote"),
        parse=visit_wage,
        founding=lambda country, on: {"wage": "as_held"},
        describe=lambda value: (
            _(
                "A visit booked before the wage rises earns the wage of the day it is held. The"
                " household pays what it agreed to; the cooperative adds the difference."
            )
            if value is VisitWage.AS_HELD
            else _(
                "A visit booked before the wage rises earns the wage it was booked at, and never"
                " less than the law of the day it is held."
            )
        ),
    )
)
