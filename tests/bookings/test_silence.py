"""What silence means is the members' rule: founding, no more than was booked."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bookings import operations, queries
from bookings.models import Declaration, Visit
from bookings.policies import SILENCE
from bookings.rules.silence import Silence, agreed_by_silence, silence
from bookings.types import BookingCard, BookingState, Side
from coop.hours import queries as hours
from coop.kernel import BadInput, TimeRange
from coop.notices.models import Notice
from governance.queries import policy_in_force
from tests.factories.bookings import (
    ServiceTown,
    begin,
    make_service_ready_town,
    settle_outbox,
    usual_day,
    wall,
)

DAY = timedelta(hours=24)


@pytest.fixture
def place(db: None) -> ServiceTown:
    return make_service_ready_town()


def stayed(place: ServiceTown, card: BookingCard, until: datetime) -> None:
    """She comes on time and leaves then; nobody answers for a day."""
    begin(place, card)
    operations.check_out(by=place.workers[0], at=until, booking_id=card.id)
    settle_outbox(until + DAY - timedelta(minutes=1))
    assert not Visit.objects.exists()
    settle_outbox(until + DAY)


def visit_seconds(place: ServiceTown) -> int:
    lines = hours.hours_of(cooperative_id=place.id)
    return sum(line.paid_seconds for line in lines if line.kind.value != "travel")


def founding(place: ServiceTown) -> object:
    rule = policy_in_force(SILENCE, cooperative_id=place.id, on=usual_day(place))
    assert (rule.value.hours, rule.value.beyond) == (24, False)
    return rule.version_id


def test_as_booked_a_day_of_silence_agrees_and_names_its_rule(
    place: ServiceTown, card: BookingCard
) -> None:
    stayed(place, card, card.during.end)
    visit = Visit.objects.get()
    assert queries.booking(by=place.household, booking_id=card.id).state is BookingState.DONE
    assert visit.silence_version_id == founding(place)
    assert Declaration.objects.get().silence_version_id == founding(place)


def test_beyond_what_was_booked_silence_agrees_to_nothing(
    place: ServiceTown, card: BookingCard
) -> None:
    stayed(place, card, card.during.end + timedelta(hours=1))
    assert queries.booking(by=place.household, booking_id=card.id).state is BookingState.DISPUTED
    assert visit_seconds(place) == 4 * 3600
    visit = Visit.objects.get()
    assert (visit.during.lower, visit.during.upper) == (card.during.start, card.during.end)
    assert Notice.objects.filter(template="visit_disputed").count() == 2
    at = card.during.end + timedelta(hours=30)
    [shown] = queries.desk(by=place.coordinator, day=usual_day(place), at=at).disputed
    assert shown.id == card.id


def test_the_rest_is_paid_when_the_coordinator_says_so(
    place: ServiceTown, card: BookingCard
) -> None:
    stayed(place, card, card.during.end + timedelta(hours=1))
    operations.settle(
        by=place.coordinator, at=card.during.end + timedelta(hours=30), booking_id=card.id,
        during=wall(place, usual_day(place), 9, 14), reason="The household asked her to stay.",
    )  # fmt: skip
    assert visit_seconds(place) == 5 * 3600


def test_an_answer_in_time_leaves_silence_nothing_to_say(
    place: ServiceTown, card: BookingCard
) -> None:
    until = card.during.end + timedelta(hours=1)
    begin(place, card)
    operations.check_out(by=place.workers[0], at=until, booking_id=card.id)
    operations.confirm_visit(by=place.household, at=until, booking_id=card.id)
    settle_outbox(until + DAY)
    visit = Visit.objects.get()
    assert (visit.silence_version_id, visit_seconds(place)) == (None, 5 * 3600)


def test_a_word_said_anew_waits_its_own_day(place: ServiceTown, card: BookingCard) -> None:
    end, worker = card.during.end, place.workers[0]
    begin(place, card)
    operations.check_out(by=worker, at=end, booking_id=card.id)
    shorter = wall(place, usual_day(place), 9, 12)
    later = end + timedelta(hours=20)
    operations.declare(by=worker, at=later, booking_id=card.id, during=shorter)
    settle_outbox(end + DAY)
    assert not Visit.objects.exists()
    settle_outbox(later + DAY)
    assert queries.visit(by=worker, booking_id=card.id).during == shorter


def test_her_silence_gives_up_nothing_that_was_booked(
    place: ServiceTown, card: BookingCard
) -> None:
    begin(place, card)
    shorter = wall(place, usual_day(place), 9, 12)
    operations.declare(by=place.household, at=card.during.end, booking_id=card.id, during=shorter)
    settle_outbox(card.during.end + DAY)
    seen = queries.booking(by=place.household, booking_id=card.id)
    assert seen.state is BookingState.DISPUTED
    assert queries.visit(by=place.household, booking_id=card.id).during == shorter


NINE_TO_ONE = TimeRange(
    datetime.fromisoformat("2026-03-11T07:00+00:00"),
    datetime.fromisoformat("2026-03-11T11:00+00:00"),
)


def moved(start: int, end: int) -> TimeRange:
    """Minutes later at each end."""
    return TimeRange(
        NINE_TO_ONE.start + timedelta(minutes=start), NINE_TO_ONE.end + timedelta(minutes=end)
    )


@pytest.mark.parametrize(
    ("speaker", "said", "beyond", "agreed", "whole"),
    [
        (Side.WORKER, moved(0, 0), False, moved(0, 0), True),
        (Side.WORKER, moved(30, 30), False, moved(30, 30), True),
        (Side.WORKER, moved(0, -60), False, moved(0, -60), True),
        (Side.WORKER, moved(30, 90), False, moved(30, 30), False),
        (Side.WORKER, moved(30, 90), True, moved(30, 90), True),
        (Side.HOUSEHOLD, moved(0, -60), False, moved(0, -60), False),
        (Side.HOUSEHOLD, moved(0, -60), True, moved(0, -60), False),
        (Side.HOUSEHOLD, moved(0, 60), False, moved(0, 60), True),
    ],
)
def test_silence_by_hand(
    speaker: Side, said: TimeRange, beyond: bool, agreed: TimeRange, whole: bool
) -> None:
    rule = Silence(24, beyond)
    assert agreed_by_silence(speaker, said, NINE_TO_ONE, rule) == (agreed, whole)


@pytest.mark.parametrize(
    "terms",
    [{}, {"hours": 24}, {"hours": 0, "beyond": False}, {"hours": "24", "beyond": False},
     {"hours": 169, "beyond": False}, {"hours": 24, "beyond": 1}, {"hours": True, "beyond": True}, []],
)  # fmt: skip
def test_terms_that_cannot_be_read_are_refused(terms: object) -> None:
    with pytest.raises(BadInput) as refused:
        silence(terms)
    assert refused.value.code == "terms_unreadable"


def test_it_says_in_a_sentence_what_it_means() -> None:
    assert SILENCE.describe(Silence(24, False)) == (
        "After 24 hours without an answer, the time one side told counts, up to what was booked."
        " The office settles the rest."
    )
    assert "up to" not in SILENCE.describe(Silence(48, True))
