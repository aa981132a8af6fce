"""A copied town is the town its builder makes, and two copies are two towns."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from tests.factories import copies, found_town
from tests.factories.bookings import ServiceTown, complete_visit, make_service_ready_town

pytestmark = pytest.mark.django_db
#: What is another in every town.
_OWN = re.compile(
    r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|coop-\d+|\+\d{8,15}|![A-Za-z0-9]{40}"
)


def rows(build: Callable[[], Any]) -> dict[str, list[str]]:
    """Every table's rows after building, without what is another each time."""
    with transaction.atomic():
        build()
        found = copies._rows()
        transaction.set_rollback(True)
    return {
        table: sorted(_OWN.sub("own", json.dumps(row)) for row in json.loads(text))
        for table, text in found.items()
    }


@pytest.mark.parametrize(
    "build",
    [
        found_town, lambda: found_town("CO"), make_service_ready_town,
        lambda: make_service_ready_town(workers=2),
    ],
    ids=["ZA", "CO", "one worker", "two workers"],
)  # fmt: skip
def test_a_copy_has_the_rows_the_operations_write(
    monkeypatch: pytest.MonkeyPatch, build: Callable[[], Any]
) -> None:
    copy = rows(build)
    monkeypatch.setattr(copies, "_kept", {})
    assert copy == rows(build)


def test_two_copies_share_nothing_and_work() -> None:
    here, there = make_service_ready_town(), make_service_ready_town()
    ids = [ids_of(place) for place in (here, there)]
    assert ids[0].isdisjoint(ids[1])
    assert all(copies._kept["service", "ZA", 1].ids.isdisjoint(one) for one in ids)
    for place in (here, there):
        assert complete_visit(place).household_id == place.household.household_id


def ids_of(place: ServiceTown) -> set[Any]:
    people = [place.household, *place.workers]
    return {
        place.id,
        place.address_id,
        *place.town.offices.values(),
        *(p.person_id for p in people),
    }
