"""Cooperativa Manos Unidas: a second, smaller cooperative, in Spanish and under Colombian law."""

from __future__ import annotations

from datetime import timedelta

from bookings.policies import OFFER_WINDOW
from coop.home.management.demo import money
from coop.home.management.demo.timeline import Timeline
from coop.home.management.demo.town import Town, Wish, agreed, visit, weekly, workday
from coop.home.management.demo.votes import Said, changes, proposal
from coop.home.management.story.plot import PLACES
from coop.home.management.story.votes import higher_floor
from governance.types import NewMotion

PARDO, ROJAS = "Casa Pardo", "Casa Rojas"
MARTA, LUZ, YULI = "Marta Díaz", "Luz Peña", "Yuli Cano"
DAY = timedelta(days=1)


def manos(line: Timeline) -> None:
    """Found it a month back and plan what happened since."""
    town = Town.founded(line, PLACES["CO"], "manos", months=1)
    _visits(town)
    _votes(town)
    money.pay_month(town, town.month(1), town.cast.at(town.month(0) + DAY, 9), until="filed")


def _visits(town: Town) -> None:
    monday = workday(town.month(1) + 4 * DAY, weekday=0)
    weeks = (town.today - monday).days // 14 + 2
    weekly(
        town, Wish(PARDO, MARTA, monday, (8, 14), words="Por favor, timbre dos veces."),
        ask_at=town.cast.at(town.month(1) + 2 * DAY, 10), count=weeks, end=agreed, every_weeks=2,
    )  # fmt: skip
    day = workday(town.month(1) + 12 * DAY)
    visit(town, Wish(ROJAS, LUZ, day, (9, 13)), ask_at=town.cast.at(day - 2 * DAY, 18), end=agreed)
    visit(
        town, Wish(ROJAS, LUZ, town.today, (8, 12)),
        ask_at=town.cast.at(town.today - 2 * DAY, 12), end=agreed,
    )  # fmt: skip
    soon = Wish(ROJAS, "", workday(town.today + 3 * DAY), (14, 18), "elder-care")
    visit(town, soon, ask_at=town.line.now - timedelta(minutes=15), end=agreed)


def _votes(town: Town) -> None:
    proposal(
        town,
        at=town.cast.at(town.month(1) + 2 * DAY, 9),
        title="Doce horas para responder",
        reason="Media hora no alcanza cuando una está trabajando.",
        motion=changes(OFFER_WINDOW.name, {"minutes": 720, "wave": 3}, town.month(1) + 20 * DAY),
    )
    proposal(
        town, at=town.line.now - 2 * DAY, title="Un mínimo de vida más alto",
        reason="Todo subió; una hora de cuidado debe alcanzar para la casa.",
        motion=lambda at: NewMotion((higher_floor(town.cast, town.today + 45 * DAY),)),
        said=[Said(MARTA, "for", "El arriendo subió mucho este año.")],
    )  # fmt: skip
