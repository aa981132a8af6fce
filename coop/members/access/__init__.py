"""Who is at the door, and may she enter."""

from coop.members.access._people import (
    View,
    choose_cooperative,
    needs,
    ref_of,
    ref_of_person,
    signed_in,
    stands,
)

__all__ = [
    "View", "choose_cooperative", "needs", "ref_of", "ref_of_person", "signed_in", "stands",
]  # fmt: skip
