"""Eight rivals at once: an offer has one winner, a worker is in one place; unguarded, neither."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from bookings.models import Booking, Offer
from bookings.operations import _accept as module
from bookings.operations import accept
from coop.kernel import RuleBroken, TimeRange
from coop.members.types import MemberRef
from tests.factories.bookings import ServiceTown, make_service_ready_town, usual_day, wall
from tests.factories.rivals import offered, rival_bookings

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
RIVALS = 8
ACCEPT_TRIALS = int(os.environ.get("ACCEPT_TRIALS", "500"))
BOOK_TRIALS = int(os.environ.get("BOOK_TRIALS", "300"))
UNGUARDED_TRIALS = 10
AT_A_TIME = 50
Turns = list[tuple[MemberRef, Offer]]


@contextmanager
def rivals() -> Iterator[Callable[[Turns, datetime], Counter[str]]]:
    """Eight threads that answer at the same moment; what they were told, counted."""
    start = Barrier(RIVALS)

    def answer(turn: tuple[MemberRef, Offer], at: datetime) -> str:
        start.wait(20)
        try:
            accept(by=turn[0], at=at, offer_id=turn[1].id)
        except RuleBroken as refused:
            return refused.code
        return "won"

    def rush(turns: Turns, at: datetime) -> Counter[str]:
        return Counter(told.result(30) for told in [pool.submit(answer, t, at) for t in turns])

    def leave() -> None:
        start.wait(20)
        connections.close_all()

    with ThreadPoolExecutor(RIVALS) as pool:
        yield rush
        for done in [pool.submit(leave) for _ in range(RIVALS)]:
            done.result(30)


def hour(place: ServiceTown, trial: int) -> TimeRange:
    """Another hour for every trial, so that trials do not meet."""
    first = wall(place, usual_day(place), 6, 7)
    return TimeRange(first.start + timedelta(hours=trial), first.end + timedelta(hours=trial))


def careless_take(offer: Offer, at: datetime) -> Booking:
    """What accepting would be without locks: look, then write."""
    row = Booking.objects.get(id=offer.booking_id)
    taken = Offer.objects.filter(booking=row, state="accepted").exists()
    away = Booking.objects.filter(worker_id=offer.worker_id, during__overlap=row.during).exists()
    if taken or away:
        raise RuleBroken("offer_gone", "Gone.")
    time.sleep(0.01)
    Offer.objects.filter(id=offer.id).update(state="accepted", answered_at=at)
    Booking.objects.filter(id=row.id).update(worker_id=offer.worker_id)
    row.worker_id = offer.worker_id
    return row


@contextmanager
def without(name: str, table: str, definition: str, monkeypatch: Any) -> Iterator[None]:
    """The careless way, and the guard of the database taken away; put back afterwards."""
    monkeypatch.setattr(module, "_take", careless_take)
    monkeypatch.setattr(module, "let_go_of_others", lambda **_: 0)
    with connection.cursor() as cursor:
        drop = (
            "DROP INDEX {0}"
            if definition.startswith("CREATE")
            else "ALTER TABLE {1} DROP CONSTRAINT {0}"
        )
        cursor.execute(drop.format(name, table))
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("DELETE FROM bookings_offer")
            cursor.execute("DELETE FROM bookings_offerround")
            cursor.execute("DELETE FROM bookings_booking")
            cursor.execute("SET session_replication_role = DEFAULT")
            cursor.execute(definition)


def definition_of(name: str, table: str) -> str:
    """The statement that makes a constraint or a unique index anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [name]
        )
        row = cursor.fetchone()
        if row:
            return f"ALTER TABLE {table} ADD CONSTRAINT {name} {row[0]}"
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [name])
        return str(cursor.fetchone()[0])


def one_offer(place: ServiceTown, trials: Sequence[int]) -> list[Turns]:
    """For each trial a visit that is offered to all."""
    ids = [worker.worker_id for worker in place.workers if worker.worker_id]
    made = offered(place, [hour(place, trial) for trial in trials], ids)
    return [list(zip(place.workers, offers, strict=True)) for offers in made]


def one_worker(place: ServiceTown, trials: Sequence[int]) -> list[Turns]:
    """For each trial eight visits at one time, all offered to her."""
    worker = place.workers[0]
    assert worker.worker_id
    made = rival_bookings(place, [hour(place, n) for n in trials], worker.worker_id, RIVALS)
    return [[(worker, offer) for offer in offers] for offers in made]


def prepared(
    make: Callable[[ServiceTown, Sequence[int]], list[Turns]], place: ServiceTown, trials: int
) -> Iterator[Turns]:
    """So many trials, some at a time; what the trials before left open is over by then."""
    for first in range(0, trials, AT_A_TIME):
        Offer.objects.filter(state="open").update(state="withdrawn")
        yield from make(place, range(first, min(first + AT_A_TIME, trials)))


def test_one_of_eight_rivals_has_the_visit() -> None:
    place = make_service_ready_town(workers=RIVALS)
    with rivals() as rush:
        for trial, turns in enumerate(prepared(one_offer, place, ACCEPT_TRIALS)):
            told = rush(turns, place.at)
            assert told == {"won": 1, "offer_gone": RIVALS - 1}, f"trial {trial}: {told}"
    assert Offer.objects.filter(state="accepted").count() == ACCEPT_TRIALS
    assert Booking.objects.filter(worker__isnull=False).count() == ACCEPT_TRIALS


def test_a_worker_of_eight_bookings_is_in_one_place() -> None:
    place = make_service_ready_town(workers=1)
    with rivals() as rush:
        for trial, turns in enumerate(prepared(one_worker, place, BOOK_TRIALS)):
            told = rush(turns, place.at)
            assert told == {"won": 1, "worker_busy": RIVALS - 1}, f"trial {trial}: {told}"
    assert Booking.objects.filter(worker__isnull=False).count() == BOOK_TRIALS


def test_without_lock_and_constraint_an_offer_has_two_winners(monkeypatch: Any) -> None:
    place = make_service_ready_town(workers=RIVALS)
    name, table = "offer_one_winner", "bookings_offer"
    with without(name, table, definition_of(name, table), monkeypatch), rivals() as rush:
        trials = prepared(one_offer, place, UNGUARDED_TRIALS)
        told = [rush(turns, place.at) for turns in trials]
        assert max(t["won"] for t in told) > 1


def test_without_lock_and_constraint_a_worker_is_in_two_places(monkeypatch: Any) -> None:
    place = make_service_ready_town(workers=1)
    name, table = "worker_in_one_place", "bookings_booking"
    with without(name, table, definition_of(name, table), monkeypatch), rivals() as rush:
        trials = prepared(one_worker, place, UNGUARDED_TRIALS)
        told = [rush(turns, place.at) for turns in trials]
        assert max(t["won"] for t in told) > 1
