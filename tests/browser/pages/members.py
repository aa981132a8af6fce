"""People."""

from __future__ import annotations

from coop.members import operations
from coop.members.queries import newcomer_ref, offices
from coop.members.types import OfficeName
from tests.browser.pages.row import Row, one
from tests.browser.stage import Stage
from tests.factories.people import next_phone

ROWS = [
    Row("members:people", "board"),
    Row("members:people", "coordinator"),
    Row("members:profile", "worker"),
    Row("members:profile", "household"),
    Row("members:tokens", "worker"),
    Row("members:join", "household"),
    Row("members:join_work", "household", query="?at=stage"),
    Row("members:join_household", "worker", query="?at=stage"),
    Row("members:appoint", "board"),
    Row("members:office", "board", one("office_id", "seat")),
    Row("members:office", "treasurer", one("office_id", "treasury")),
]
#: Each takes a POST and leads on.
ACTS = {
    "members:consent", "members:make_token", "members:end_token", "members:choose_cooperative",
    "members:sign_in_as", "members:admit", "members:end_office", "members:agree",
    "members:withdraw",
}  # fmt: skip


def furnish(stage: Stage) -> None:
    """Somebody who asks to join, and a seat another of the board would end."""
    person = operations.known_person(phone=next_phone("ZA"), name="Lerato Nkosi")
    by, today = newcomer_ref(person_id=person, cooperative_id=stage.town.id), stage.now.date()
    operations.begin_work(by=by, at=stage.now, on=today, wanted_minutes_per_week=1200)
    held = {card.name: card.id for card in offices(cooperative_id=stage.town.id, on=today)}
    stage.ids |= {"seat": held[OfficeName.AUDITOR], "treasury": held[OfficeName.TREASURER]}
    operations.end_office(
        by=stage.town.officer("board_b"), at=stage.now, office_id=held[OfficeName.AUDITOR],
        on=today,
    )  # fmt: skip
