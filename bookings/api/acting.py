"""What every door of the API needs: who acts, and how a refusal looks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from bookings import schemas as s
from coop.kernel import NotFound
from coop.members.access import ref_of, stands
from coop.members.types import MemberRef

REFUSED: dict[Any, Any] = dict.fromkeys((400, 403, 404, 409), s.RefusalOut)


def act(request: HttpRequest, booking_id: UUID) -> dict[str, Any]:
    """Who, when and about which booking: most verbs take these."""
    return {"by": ref_of(request), "at": timezone.now(), "booking_id": booking_id}


def household_of(ref: MemberRef, asked: UUID | None) -> UUID:
    """The household one asks for: one's own, or any when one names it (the operation judges)."""
    found = asked or ref.household_id
    if found is None:
        raise NotFound("household_unknown", "This household is not known here.")
    return found


def worker_of(ref: MemberRef) -> UUID:
    """The worker one is. Raises NotFound."""
    if not stands(ref, "worker") or ref.worker_id is None:
        raise NotFound("page_unknown", "There is no such page.")
    return ref.worker_id
