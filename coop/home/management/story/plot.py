"""The order of things."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bookings.policies import LIVING_WAGE_FLOOR
from bookings.types import QuoteCard
from coop.home.management.story import pay, visits, votes
from coop.home.management.story.cast import Cast, Place, gather
from coop.home.management.story.stage import Stage
from coop.members import queries as members
from governance.queries import policy_in_force
from governance.types import NewMotion
from payments.surplus import operations as surplus
from payments.surplus import queries as shared
from payments.surplus.reactions import ACT

_HOMES = (
    ("The Naidoo household", "12 Fig Street", "Melville"),
    ("The Dlamini household", "7 Acacia Road", "Brixton"),
)
_CASAS = (
    ("Casa Pardo", "Calle 57 # 12-30", "Chapinero"),
    ("Casa Rojas", "Carrera 24 # 40-11", "La Soledad"),
)
_OFICIOS = {
    "coordinator": "Rosa Jaramillo", "chair": "Teresa Gómez", "treasurer": "Ana Ruiz",
    "teller": "Gloria Ortega", "auditor": "Julia Barrios",
}  # fmt: skip
PLACES = {
    "ZA": Place(
        "ZA", "ZAR", "Africa/Johannesburg", "en", "Ubuntu Care Cooperative", "+2782555{:04d}",
        Decimal("-26.1870"), Decimal("28.0100"), ("Zanele Nkosi", "Lindiwe Moyo", "Palesa Tau"),
        _HOMES, "3.00",
    ),
    "CO": Place(
        "CO", "COP", "America/Bogota", "es", "Cooperativa Manos Unidas", "+57310555{:04d}",
        Decimal("4.6400"), Decimal("-74.0700"), ("Marta Díaz", "Luz Peña", "Yuli Cano"),
        _CASAS, "500.00", officers=_OFICIOS,
    ),
}  # fmt: skip
#: Monday of the first visit, and the months that follow.
BEGINS = date(2026, 3, 2)
NEW_FLOOR_ON = date(2026, 5, 1)


def play(stage: Stage, place: Place) -> Cast:
    """The whole main job in one place; raises when a step does not do what it should."""
    cast = _founding(stage, place)
    card_household, transfer_household = (name for name, _, _ in place.households)
    at = cast.at(BEGINS, 9)
    visits.keep_card(stage, cast, card_household, at)
    day = BEGINS + timedelta(days=2)
    quote = visits.price(stage, cast, card_household, day=day, hours=(9, 13), at=at)
    booking = visits.book(stage, cast, card_household, quote, at)
    visits.take(stage, cast, booking, at + timedelta(minutes=10), why=True)
    visits.work(stage, cast, card_household, booking)
    visits.series(stage, cast, transfer_household, first_on=BEGINS + timedelta(days=7), at=at)
    pay.tell_books(stage, cast)
    run = pay.pay_month(stage, cast, month=BEGINS.replace(day=1), at=cast.at(date(2026, 4, 1), 9))
    _vote_new_floor(stage, cast)
    _price_again(stage, cast, card_household, old=quote)
    pay.replay_all(stage, cast, run)
    _share_surplus(stage, cast)
    pay.tell_books(stage, cast)
    return cast


def _founding(stage: Stage, place: Place) -> Cast:
    zone = ZoneInfo(place.zone)
    at = datetime.combine(BEGINS, time(7), tzinfo=zone).astimezone(UTC)
    number = len(members.cooperatives()) + 1
    cast = gather(place, f"story-{place.country.lower()}-{number}", at)
    visits.open_calendars(cast)
    stage.carry_out(at)
    floor = policy_in_force(LIVING_WAGE_FLOOR, cooperative_id=cast.id, on=BEGINS)
    stage.tell(
        "A cooperative is founded", name=place.cooperative, workers=list(place.workers),
        floor=LIVING_WAGE_FLOOR.describe(floor.value),
    )  # fmt: skip
    return cast


def _vote_new_floor(stage: Stage, cast: Cast) -> None:
    """Members raise the floor from the first of May."""
    change = votes.higher_floor(cast, NEW_FLOOR_ON)
    votes.decide(
        stage, cast, at=cast.at(date(2026, 4, 2), 9), title="A higher living-wage floor",
        reason="Prices rose; an hour of care should still feed a home.",
        motion=NewMotion((change,)),
    )  # fmt: skip
    rule = policy_in_force(LIVING_WAGE_FLOOR, cooperative_id=cast.id, on=NEW_FLOOR_ON)
    stage.tell(
        "The vote is the rule", version=str(rule.version_id), decision=str(rule.decision_id),
        says=LIVING_WAGE_FLOOR.describe(rule.value), from_day=str(rule.effective_from),
    )  # fmt: skip
    if rule.value.default.major() != change.terms["default"]:
        raise AssertionError(f"The passed vote is not in force: {rule}")


def _price_again(stage: Stage, cast: Cast, household: str, old: QuoteCard) -> None:
    """The next price obeys the vote; a visit before the day still has the old one."""
    at = cast.at(date(2026, 4, 28), 9)
    for day, changed in ((date(2026, 4, 29), False), (date(2026, 5, 6), True)):
        new = visits.price(stage, cast, household, day=day, hours=(9, 13), at=at)
        if (new.wage != old.wage) is not changed or (changed and new.price <= old.price):
            raise AssertionError(f"The price of {day} does not obey the vote: {new}")


def _share_surplus(stage: Stage, cast: Cast) -> None:
    """Compute the waterfall of the closed months, let members decide, and post it."""
    at = cast.at(date(2026, 5, 4), 9)
    treasurer = cast.ref("treasurer")
    sharing = surplus.propose_sharing(
        by=treasurer, at=at, starts_on=BEGINS.replace(day=1), ends_on=date(2026, 5, 1)
    )
    seen = shared.sharing(treasurer, sharing)
    stage.tell(
        "A sharing of the surplus is proposed", surplus=seen.card.surplus,
        steps=[f"{rung.name}: {rung.amount} ({rung.rule})" for rung in seen.allotments],
        members=[f"{s.name}: cash {s.cash}, capital {s.capital}" for s in seen.shares],
    )  # fmt: skip
    votes.decide(
        stage, cast, at=at, title="Share the surplus of March and April",
        reason="As the law and our rules say.",
        motion=NewMotion(act=ACT, payload={"sharing_id": str(sharing)}),
    )  # fmt: skip
    posted = shared.sharing(treasurer, sharing)
    if posted.card.state != "posted":
        raise AssertionError(f"The decided sharing was not posted: {posted.card}")
    stage.tell("The surplus is shared by hours worked", shared=posted.card.patronage)
