"""Whose charges a person may see and act on."""

from __future__ import annotations

from django.db.models import Q

from coop.members.types import MemberRef

#: Offices that see the charges of everybody; auditors look and do not touch.
READERS = ("coordinator", "treasurer", "board", "auditor")
KEEPERS = ("coordinator", "treasurer")


def visible_to(ref: MemberRef) -> Q:
    """The one filter of lists and details: the whole cooperative's, or one's own household's."""
    own = Q(cooperative_id=ref.cooperative_id)
    if ref.is_system or ref.has(*READERS):
        return own
    return own & Q(household_id=ref.household_id) if ref.household_id else Q(pk__in=[])


def may_keep(ref: MemberRef) -> bool:
    """Receipts and refunds are written by those who answer for the books."""
    return ref.is_system or ref.has(*KEEPERS)


def may_steer(ref: MemberRef) -> Q:
    """Whose card is held or released: one's own household's, or by the desk."""
    return visible_to(ref) if not _only_reads(ref) else Q(pk__in=[])


def _only_reads(ref: MemberRef) -> bool:
    return not (ref.is_system or ref.has(*KEEPERS) or ref.household_id)
