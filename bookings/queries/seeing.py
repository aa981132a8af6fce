"""Who sees which booking: one filter for every list and every detail."""

from __future__ import annotations

from django.db.models import Q

from coop.members.types import MemberRef


def visible_to(ref: MemberRef) -> Q:
    """Bookings (and what hangs on them by the same fields) that this person may know of.

    Her household's, those she accepted, and all of the cooperative for its coordinator.
    """
    here = Q(cooperative_id=ref.cooperative_id)
    if ref.is_system or ref.has("coordinator"):
        return here
    mine = Q(pk__in=[])
    if ref.household_id is not None:
        mine |= Q(household_id=ref.household_id)
    if ref.worker_id is not None:
        mine |= Q(worker_id=ref.worker_id)
    return here & mine


def quotes_visible_to(ref: MemberRef) -> Q:
    """Prices this person may know of: her household's, and all for those who answer for money."""
    here = Q(cooperative_id=ref.cooperative_id)
    if ref.is_system or ref.has("coordinator", "treasurer", "board", "auditor"):
        return here
    if ref.household_id is None:
        return here & Q(pk__in=[])
    return here & Q(household_id=ref.household_id)


def offers_visible_to(ref: MemberRef) -> Q:
    """Offers made to her; all for the coordinator."""
    here = Q(cooperative_id=ref.cooperative_id)
    if ref.is_system or ref.has("coordinator"):
        return here
    if ref.worker_id is None:
        return here & Q(pk__in=[])
    return here & Q(worker_id=ref.worker_id)
