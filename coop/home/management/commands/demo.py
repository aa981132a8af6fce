"""The demonstration cooperative."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand
from django.utils import timezone

from bookings import operations as bookings
from bookings import queries
from bookings.policies import LIVING_WAGE_FLOOR
from bookings.types import PaidBy
from coop.home.management.story.cast import Cast, gather
from coop.home.management.story.plot import PLACES
from coop.home.management.story.visits import open_calendars
from coop.members import queries as members
from coop.outbox.operations import run_due
from governance import operations as governance
from governance.types import NewChange, NewMotion


class Command(BaseCommand):
    help = "Make a demonstration cooperative, unless there is a cooperative already."

    def handle(self, *args: Any, **options: Any) -> None:
        if members.cooperatives():
            return
        self.stdout.write("  Making a cooperative to look around in ...")
        now = timezone.now()
        cast = gather(PLACES["ZA"], "ubuntu", now - timedelta(days=40))
        open_calendars(cast)
        self._propose(cast, now)
        self._ask_for_visits(cast, now)
        run_due(at=now, most=1000)

    def _propose(self, cast: Cast, now: datetime) -> None:
        """A higher floor is discussed by the members."""
        first_on = (now + timedelta(days=40)).date().replace(day=1)
        terms = {"currency": cast.place.currency, "default": cast.place.new_floor, "services": {}}
        chair = cast.ref("chair")
        proposal = governance.propose(
            by=chair, at=now - timedelta(days=2), title="A higher living-wage floor",
            reason="Prices rose; an hour of care should still feed a home.",
            motion=NewMotion((NewChange(LIVING_WAGE_FLOOR.name, terms, first_on),)),
        )  # fmt: skip
        governance.start_discussion(by=chair, at=now - timedelta(days=2), proposal_id=proposal)

    def _ask_for_visits(self, cast: Cast, now: datetime) -> None:
        """Each household asks for a visit on one of the next days; one is taken, one is open."""
        today = now.astimezone(ZoneInfo(cast.place.zone)).date()
        for number, (name, _, _) in enumerate(cast.place.households, start=1):
            ref = cast.ref(name)
            assert ref.household_id is not None
            quote = bookings.make_quote(
                by=ref, at=now, household_id=ref.household_id, address_id=cast.addresses[name],
                service="cleaning", during=cast.during(today + timedelta(days=number), 9, 13),
                paid_by=PaidBy.MANUAL,
            )  # fmt: skip
            booking = bookings.request_booking(
                by=ref, at=now, quote_id=quote.id, request_id=quote.id, wishes=""
            )
            run_due(at=now, most=1000)
            if number == 1:
                self._take(cast, booking, now)

    def _take(self, cast: Cast, booking: Any, now: datetime) -> None:

        for worker in cast.place.workers:
            for offer in queries.offers(by=cast.ref(worker), at=now):
                if offer.booking_id == booking:
                    bookings.accept(by=cast.ref(worker), at=now, offer_id=offer.id)
                    return
