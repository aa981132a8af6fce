"""Ubuntu Care Cooperative: two months of visits, pay, votes and one ordinary day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from bookings.policies import CANCELLATION_TERMS, LIVING_WAGE_FLOOR, OFFER_WINDOW, TRAVEL_PAY
from bookings.types import PaidBy
from coop.home.management.demo import money
from coop.home.management.demo.timeline import Timeline
from coop.home.management.demo.town import Town, Wish, agreed, disputed, visit, weekly, workday
from coop.home.management.demo.votes import Said, changes, proposal
from coop.home.management.story.plot import PLACES
from coop.home.management.story.votes import higher_floor
from governance.types import NewChange, NewMotion

CARD, TRANSFER, NEIGHBOUR = "The Naidoo household", "The Dlamini household", "The Adams household"
ZANELE, LINDIWE, PALESA, NALEDI = "Zanele Nkosi", "Lindiwe Moyo", "Palesa Tau", "Naledi Mokoena"
_ZA = PLACES["ZA"]
PLACE = replace(
    _ZA,
    workers=(*_ZA.workers, NALEDI),
    households=(*_ZA.households, (NEIGHBOUR, "3 Oak Lane", "Westdene")),
)
DAY = timedelta(days=1)


def ubuntu(line: Timeline) -> None:
    """Found it two months back and plan what happened since."""
    town = Town.founded(line, PLACE, "ubuntu", months=2)
    money.keep_card(town, CARD, town.cast.at(town.month(2) + DAY, 9))
    _weeks(town)
    _months(town)
    _lately(town)
    _today(town)
    _coming(town)
    _decided(town)
    _deciding(town)


def _weeks(town: Town) -> None:
    """A whole day of cleaning every Wednesday: one series before the new floor, one since."""
    turn = workday(town.month(1) + 11 * DAY, weekday=2)
    before = workday(town.month(2) + 8 * DAY, weekday=2)
    for first, ask_on, until in (
        (before, town.month(2) + 2 * DAY, town.month(1)),
        (turn, turn - 6 * DAY, town.today + 16 * DAY),
    ):
        weekly(
            town, Wish(TRANSFER, ZANELE, first, (8, 16), words="The key is with the neighbour."),
            ask_at=town.cast.at(ask_on, 10), count=(until - first).days // 7 + 1, end=agreed,
        )  # fmt: skip


def _months(town: Town) -> None:
    """Single visits of the other households, by card and by transfer."""
    for first in (town.month(2), town.month(1)):
        _single(town, Wish(CARD, LINDIWE, workday(first + 9 * DAY), (9, 13), paid_by=PaidBy.CARD))
        _single(town, Wish(NEIGHBOUR, PALESA, workday(first + 14 * DAY), (9, 15), "elder-care"))
    for back, until in ((2, "confirmed"), (1, "due")):
        pay_on = town.month(back - 1) + DAY
        money.pay_month(town, town.month(back), town.cast.at(pay_on, 9), until=until)


def _lately(town: Town) -> None:
    """Last week, and a visit about whose end the two sides differ."""
    recent = workday(town.today - 6 * DAY)
    _single(town, Wish(NEIGHBOUR, PALESA, recent, (9, 14), "cooking", by_sms=True))
    last = workday(town.today - DAY, back=True)
    wish = Wish(NEIGHBOUR, NALEDI, last, (9, 13))
    visit(town, wish, ask_at=town.cast.at(last - 2 * DAY, 18), end=disputed)


def _today(town: Town) -> None:
    """From seven to six somebody is at work, whenever one looks."""
    # On Wednesdays Zanele cleans there until four; a household is not booked twice at a time.
    supper = (16, 20) if town.today.weekday() == 2 else (13, 18)
    wishes = (
        Wish(CARD, LINDIWE, town.today, (7, 11), paid_by=PaidBy.CARD),
        Wish(NEIGHBOUR, PALESA, town.today, (10, 14), "elder-care"),
        Wish(TRANSFER, NALEDI, town.today, supper, "cooking", words="Supper for four, please."),
    )
    for hour, wish in enumerate(wishes, start=12):
        visit(town, wish, ask_at=town.cast.at(town.today - 2 * DAY, hour), end=agreed)


def _coming(town: Town) -> None:
    """Tomorrow's visit, one that is offered now, and one that nobody can take."""
    now = town.line.now
    soon = workday(town.today + DAY)
    _single(town, Wish(CARD, LINDIWE, soon, (9, 13), by_sms=True), ask_at=now - 2 * DAY)
    for wish, minutes in (
        (Wish(NEIGHBOUR, "", soon + 2 * DAY, (9, 13)), 25),
        (Wish(TRANSFER, "", soon + DAY, (21, 23), "elder-care", words="Until she sleeps."), 90),
    ):
        visit(town, wish, ask_at=now - timedelta(minutes=minutes), end=agreed)


def _single(town: Town, wish: Wish, ask_at: datetime | None = None) -> None:
    visit(town, wish, ask_at=ask_at or town.cast.at(wish.day - 2 * DAY, 18), end=agreed)


def _wage(town: Town, hour: str, on: date) -> NewChange:
    terms = {"currency": town.cast.place.currency, "default": hour, "services": {}}
    return NewChange(LIVING_WAGE_FLOOR.name, terms, on)


def _decided(town: Town) -> None:
    """A vote of the past that changed two rules; both hold now."""
    window = NewChange(OFFER_WINDOW.name, {"minutes": 720, "wave": 3}, town.month(1))
    proposal(
        town, at=town.cast.at(town.month(2) + 2 * DAY, 9),
        title="46.50 an hour, and twelve hours to answer an offer",
        reason="Taxi fares went up again, and half an hour is too short for who is at work.",
        motion=lambda at: NewMotion((_wage(town, "46.50", town.month(1)), window)),
        said=[
            Said(ZANELE, "for", "I cannot look at my phone while I lift somebody."),
            Said("treasurer", "note", "A four-hour visit will cost households about R8 more."),
            Said(PALESA, "for", "That is two taxi rides."),
        ],
    )  # fmt: skip


def _deciding(town: Town) -> None:
    """One box is open, one vote is announced, two proposals are discussed."""
    now = town.line.now
    proposal(
        town, at=now - 15 * DAY, title="A day and a half to cancel", turnout=4,
        reason="When a visit falls away late, the day is lost for us.",
        motion=changes(
            CANCELLATION_TERMS.name, {"late_hours": 36, "paid_percent": "60"}, town.today + 21 * DAY
        ),
        said=[Said(LINDIWE, "for", "It happened to me twice last month.")],
    )  # fmt: skip
    proposal(
        town,
        at=now - 8 * DAY,
        title="Pay forty minutes of travel",
        reason="Half an hour does not reach Soweto.",
        motion=changes(TRAVEL_PAY.name, {"minutes": 40}, town.today + 35 * DAY),
    )
    proposal(
        town, at=now - 2 * DAY, title="A higher living-wage floor",
        reason="Prices rose; an hour of care should still feed a home.",
        motion=lambda at: NewMotion((higher_floor(town.cast, _next_but_one(town)),)),
        said=[
            Said(ZANELE, "for", "Maize meal alone is up by a tenth."),
            Said("auditor", "against", "Two households told me that they will book less."),
        ],
    )  # fmt: skip
    proposal(
        town,
        at=now - 3 * DAY,
        title="Share the surplus of the first month",
        reason="As the law and our rules say; each sees her own figure.",
        motion=lambda at: money.sharing(town, (town.month(2), town.month(2)), at),
    )


def _next_but_one(town: Town) -> date:
    """The first day of the month after the next."""
    return (town.today.replace(day=1) + 62 * DAY).replace(day=1)
