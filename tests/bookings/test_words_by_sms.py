"""ARRIVED and LEFT by SMS: the same as tapping, answered in her language."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import translation
from django.utils.translation import gettext

from bookings.models import Booking, Declaration
from bookings.types import BookingCard
from coop.members import queries as members
from coop.members.models import User
from coop.notices import operations as notices
from tests.factories.bookings import (
    ServiceTown,
    accepted,
    make_service_ready_town,
    usual_day,
    wall,
)

pytestmark = pytest.mark.django_db
_ids = iter(range(1, 10_000))


def text(place: ServiceTown, words: str, at: datetime) -> str:
    """She sends an SMS; the answer."""
    person = place.workers[0].person_id
    assert person is not None
    return notices.receive_sms(
        at=at, from_phone=members.phone_of(person), text=words, provider_id=f"sms-{next(_ids)}"
    )


def test_she_arrives_with_the_code_and_leaves(place: ServiceTown, card: BookingCard) -> None:
    said = text(place, f"Arrived {card.client_code}.", card.during.start)
    assert said == "Your visit has begun. Write LEFT when you go."
    assert Booking.objects.get().state == "in_progress"
    again = text(place, f"ARRIVED {card.client_code}", card.during.start)
    assert again == "Your visit has begun already. Write LEFT when you go."
    said = text(place, "left", card.during.end)
    assert said == "Noted: you left at 13:00. We ask the household to agree."
    word = Declaration.objects.get()
    assert (word.side, word.during.lower, word.during.upper) == (
        "worker", card.during.start, card.during.end,
    )  # fmt: skip


def test_without_the_code_the_household_says_it_too(place: ServiceTown, card: BookingCard) -> None:
    said = text(place, "ARRIVED", card.during.start)
    assert said.startswith("Noted. Send ARRIVED with the household's four digits")
    row = Booking.objects.get()
    assert (row.state, row.worker_arrived_at) == ("confirmed", card.during.start)


def test_a_wrong_code_is_answered_and_stays_counted(place: ServiceTown, card: BookingCard) -> None:
    wrong = f"{(int(card.client_code) + 1) % 10_000:04d}"
    for _ in range(5):
        said = text(place, f"ARRIVED {wrong}", card.during.start)
        assert said == "These are not the household's four digits. Ask for them again."
    said = text(place, f"ARRIVED {card.client_code}", card.during.start)
    assert said.startswith("The code was wrong too often")
    row = Booking.objects.get()
    assert (row.state, row.wrong_codes, row.worker_arrived_at) == ("confirmed", 5, None)


def test_no_visit_now_is_said(place: ServiceTown, card: BookingCard) -> None:
    early = card.during.start - timedelta(hours=2)
    said = text(place, f"ARRIVED {card.client_code}", early)
    assert said == "You have no visit that begins now. A visit begins at most an hour early."
    said = text(place, "LEFT", early)
    assert said.startswith("You have no visit under way.")
    assert Booking.objects.get().state == "confirmed"
    assert not Declaration.objects.exists()


def two_visits(place: ServiceTown) -> datetime:
    """One until ten and one from ten; the moment when both may begin."""
    day = usual_day(place)
    for hours, code in (((9, 10), "1111"), ((10, 11), "2222")):
        booking = accepted(place, wall(place, day, *hours))
        Booking.objects.filter(id=booking).update(client_code=code)
    return wall(place, day, 9, 10).start + timedelta(minutes=30)


def states() -> dict[str, tuple[str, int]]:
    return {b.client_code: (b.state, b.wrong_codes) for b in Booking.objects.all()}


def test_of_several_the_code_says_which(place: ServiceTown) -> None:
    at = two_visits(place)
    said = text(place, "ARRIVED", at)
    assert said == (
        "You have several visits now. Write ARRIVED and the four digits of the household."
    )
    assert states() == {"1111": ("confirmed", 0), "2222": ("confirmed", 0)}
    text(place, "ARRIVED 2222", at)
    assert states() == {"1111": ("confirmed", 0), "2222": ("in_progress", 0)}


def test_of_several_no_try_is_free(place: ServiceTown) -> None:
    at = two_visits(place)
    for _ in range(12):
        text(place, "ARRIVED 9999", at)
    assert states() == {"1111": ("confirmed", 5), "2222": ("confirmed", 5)}
    text(place, "ARRIVED 2222", at)
    assert states()["2222"] == ("confirmed", 5)


@pytest.mark.parametrize("word", ["Llegué", "LLEGUE", "¡llegué!"])
def test_the_words_are_known_in_spanish(place: ServiceTown, card: BookingCard, word: str) -> None:
    text(place, f"{word} {card.client_code}", card.during.start)
    assert Booking.objects.get().state == "in_progress"
    text(place, "Salí", card.during.end)
    assert Booking.objects.get().ended_at == card.during.end


def test_help_lists_the_words(place: ServiceTown) -> None:
    said = text(place, "HELP", place.at)
    assert "ARRIVED 1234" in said
    assert "LEFT: your work is over" in said


def test_a_person_of_another_cooperative_moves_nothing(
    place: ServiceTown, card: BookingCard
) -> None:
    other = make_service_ready_town()
    said = text(other, f"ARRIVED {card.client_code}", card.during.start)
    assert said.startswith("You have no visit that begins now.")
    assert Booking.objects.get().state == "confirmed"


def test_the_answer_is_in_her_language(place: ServiceTown, card: BookingCard) -> None:
    User.objects.filter(id=str(place.workers[0].person_id)).update(language="es")
    said = text(place, "LEFT", card.during.start)
    with translation.override("es"):
        assert said == gettext(
            "You have no visit under way. When you arrive, write ARRIVED and the four digits."
        )
