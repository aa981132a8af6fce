"""The same wish for a series from many hands at once is one series, and all hear the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections

from bookings.models import Booking, Series
from bookings.operations import request_series
from bookings.types import PaidBy, SeriesResult, Weekly
from tests.factories.bookings import ServiceTown, make_service_ready_town, usual_day

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
RIVALS = 6


def rush(place: ServiceTown, request_id: UUID, starts: int) -> list[SeriesResult]:
    assert place.household.household_id is not None
    household = place.household.household_id
    weekly = Weekly(usual_day(place), time(starts), time(starts + 1), place.household.zone, 1, 2)
    start, told = Barrier(RIVALS), []

    def ask() -> None:
        try:
            start.wait(20)
            told.append(
                request_series(
                    by=place.household, at=place.at, request_id=request_id,
                    household_id=household, address_id=place.address_id, service="cleaning",
                    weekly=weekly, paid_by=PaidBy.MANUAL,
                )
            )  # fmt: skip
        finally:
            connections.close_all()

    threads = [Thread(target=ask) for _ in range(RIVALS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return told


@contextmanager
def unguarded() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE bookings_series DROP CONSTRAINT series_request_once")
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("DELETE FROM bookings_series")
            cursor.execute("SET session_replication_role = DEFAULT")
            cursor.execute(
                "ALTER TABLE bookings_series "
                "ADD CONSTRAINT series_request_once UNIQUE (cooperative_id, request_id)"
            )


def test_six_times_the_same_wish_is_one_series() -> None:
    place = make_service_ready_town(workers=2)
    for trial in range(4):
        told = rush(place, uuid4(), 8 + 2 * trial)
        assert len(told) == RIVALS
        assert all(one == told[0] for one in told)
        assert len(told[0].booking_ids) == 2
        assert Series.objects.count() == trial + 1
        assert Booking.objects.count() == 2 * (trial + 1)


def test_without_the_constraint_there_would_be_more_series_than_wishes() -> None:
    place = make_service_ready_town(workers=2)
    with unguarded():
        for trial in range(5):
            rush(place, uuid4(), 8 + trial)
            if Series.objects.count() > trial + 1:
                return
        pytest.fail("the guard was not needed in five trials")
