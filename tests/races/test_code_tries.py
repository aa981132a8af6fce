"""Eight guessers at once get five tries together; without the lock they get more."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connections

from bookings.models import Booking
from bookings.operations import _check_in as module
from bookings.operations import check_in
from coop.kernel import RuleBroken
from coop.members.types import MemberRef
from tests.factories.bookings import ServiceTown, book, make_service_ready_town

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
RIVALS, EACH = 8, 3


def guess_all_at_once(place: ServiceTown) -> Counter[str]:
    """What the guessers were told, counted."""
    card = book(place)
    wrong = f"{(int(card.client_code) + 1) % 10_000:04d}"
    start = Barrier(RIVALS)

    def guess() -> list[str]:
        told = []
        try:
            for _ in range(EACH):
                start.wait(20)
                try:
                    check_in(
                        by=place.workers[0], at=card.during.start, booking_id=card.id,
                        client_code=wrong,
                    )  # fmt: skip
                except RuleBroken as refused:
                    told.append(refused.code)
                except IntegrityError as kept:
                    told.append(str(kept).partition(":")[0])
        finally:
            connections.close_all()
        return told

    with ThreadPoolExecutor(RIVALS) as pool:
        rivals = [pool.submit(guess) for _ in range(RIVALS)]
        return Counter(code for rival in rivals for code in rival.result(60))


def test_together_they_have_five_tries() -> None:
    told = guess_all_at_once(make_service_ready_town())
    assert told == {"code_wrong": 5, "code_closed": RIVALS * EACH - 5}
    row = Booking.objects.get()
    assert (row.wrong_codes, row.state) == (5, "confirmed")


def test_without_the_lock_they_have_more(monkeypatch: Any) -> None:
    def careless(by: MemberRef, booking_id: UUID) -> Booking:
        row = Booking.objects.select_related("service", "address", "quote", "household").get(
            id=booking_id
        )
        time.sleep(0.02)
        return row

    monkeypatch.setattr(module, "hold", careless)
    told = guess_all_at_once(make_service_ready_town())
    assert told["code_wrong"] > 5
    # The database keeps a count from falling; it cannot know of tries nobody counted.
    assert set(told) <= {"code_wrong", "code_closed", "booking_wrong_codes_kept"}
