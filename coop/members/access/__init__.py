"""Who is at the door, and may she enter."""

from coop.members.access._people import (
    View,
    choose_cooperative,
    needs,
    ref_of,
    ref_of_person,
    signed_in,
    stands,
    today_of,
)

__all__ = [
    "View", "choose_cooperative", "needs", "ref_of", "ref_of_person", "signed_in", "stands",
    "today_of",
]  # fmt: skip
