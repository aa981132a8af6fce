"""What can be done with people: found, join, admit, appoint, register, consent."""

from coop.members.operations._admit import admit, apply_for_membership
from coop.members.operations._appoint import appoint
from coop.members.operations._consent import consent
from coop.members.operations._found import found_cooperative
from coop.members.operations._household import add_address, register_household
from coop.members.operations._person import known_person
from coop.members.operations._worker import certify_skill, join_as_worker, name_skill

__all__ = [
    "add_address", "admit", "apply_for_membership", "appoint", "certify_skill", "consent",
    "found_cooperative", "join_as_worker", "known_person", "name_skill", "register_household",
]  # fmt: skip
