"""Reading charges. Values cross the door, never rows."""

from payments.charges.queries.invariants import breaches, checks, checks_of_everybody
from payments.charges.queries.provider import (
    provider_checks,
    provider_checks_of_everybody,
    provider_effects,
    provider_journal,
)
from payments.charges.queries.reading import (
    KEEPERS,
    READERS,
    active_card,
    cards,
    charge,
    charges,
    charges_of_booking,
    may_keep,
    may_steer,
    receipts,
    visible_to,
    waiting_for_card,
)

__all__ = [
    "KEEPERS", "READERS", "active_card", "breaches", "cards", "charge", "charges",
    "charges_of_booking", "checks", "checks_of_everybody", "may_keep", "may_steer",
    "provider_checks", "provider_checks_of_everybody", "provider_effects",
    "provider_journal", "receipts",
    "visible_to", "waiting_for_card",
]  # fmt: skip
