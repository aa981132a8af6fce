"""Her hours on a page: what counts, whose week it is, and who may look."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from uuid import uuid4

import pytest
from django.test import Client

from coop.hours.operations import record_hours
from coop.hours.rules import weeks
from coop.hours.types import HoursKind, NewHours
from coop.kernel import BadInput, Money, TimeRange
from coop.members.models import User
from coop.members.types import MemberRef
from tests.factories import Town, found_town, make_household, make_worker

CAPE = "Africa/Johannesburg"
MONDAY = date(2026, 3, 9)


def test_a_week_begins_on_monday_where_the_work_is() -> None:
    assert weeks.read_week("2026-W11") == MONDAY
    assert weeks.write_week(MONDAY) == "2026-W11"
    assert weeks.week_of(date(2026, 3, 15)) == MONDAY
    assert weeks.stretch(MONDAY, CAPE).start == datetime(2026, 3, 8, 22, 0, tzinfo=UTC)


def test_a_week_in_which_the_clock_changes_is_an_hour_shorter() -> None:
    assert weeks.stretch(date(2026, 3, 23), "Europe/Madrid").seconds == (7 * 24 - 1) * 3600


@pytest.mark.parametrize("text", ["2026-11", "2026-W60", "next", "2026-W1'"])
def test_a_week_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="2026-W10"):
        weeks.read_week(text)


def wrote(town: Town, worker: MemberRef, day: date, kind: HoursKind, seconds: int) -> None:
    assert worker.worker_id is not None
    during = TimeRange.on_wall(day, time(9), time(13), CAPE)
    record_hours(
        by=town.system,
        at=during.end,
        entries=[
            NewHours(
                worker.worker_id,
                during,
                kind,
                ("visit", uuid4()),
                seconds,
                Money.of("48.00", "ZAR"),
            )
        ],
    )


def page_of(client: Client, ref: MemberRef, query: str) -> str:
    client.force_login(User.objects.get(id=str(ref.person_id)))
    return client.get("/hours/" + query).content.decode()


@pytest.mark.django_db
def test_a_week_shows_paid_time_against_the_limit_and_leaves_out_other_weeks(
    client: Client,
) -> None:
    town = found_town()
    worker = make_worker(town, "Thandi")
    wrote(town, worker, MONDAY, HoursKind.VISIT, 14_400)
    wrote(town, worker, date(2026, 3, 10), HoursKind.OUTSIDE, 7_200)
    wrote(town, worker, date(2026, 3, 16), HoursKind.VISIT, 14_400)
    page = page_of(client, worker, "?week=2026-W11")
    assert "Mon 9 Mar, 09:00–13:00" in page
    assert "Mon 16 Mar" not in page
    assert "of at most 45 h" in page
    assert '<strong class="large">4 h</strong>' in page
    assert "R48,00" in page


@pytest.mark.django_db
def test_another_womans_hours_are_not_there(client: Client) -> None:
    town = found_town()
    worker, other = make_worker(town, "Thandi"), make_worker(town, "Nomsa")
    wrote(town, other, MONDAY, HoursKind.VISIT, 14_400)
    page = page_of(client, worker, "?week=2026-W11")
    assert "No hours yet in this week" in page


@pytest.mark.django_db
def test_for_a_household_the_page_does_not_exist(client: Client) -> None:
    town = found_town()
    household, _ = make_household(town)
    client.force_login(User.objects.get(id=str(household.person_id)))
    assert client.get("/hours/").status_code == 404
