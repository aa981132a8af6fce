"""What can be done with people: found, join, admit, appoint, register, consent."""

from coop.members.operations._admit import admit, apply_for_membership
from coop.members.operations._appoint import appoint
from coop.members.operations._begin import begin_household, begin_work
from coop.members.operations._consent import consent
from coop.members.operations._demonstration import enter_demonstration
from coop.members.operations._end_office import end_office
from coop.members.operations._found import found_cooperative
from coop.members.operations._household import add_address, register_household
from coop.members.operations._person import known_person, set_phone
from coop.members.operations._profile import change_profile
from coop.members.operations._second_motion import second_motion
from coop.members.operations._token import issue_token, revoke_token, use_token
from coop.members.operations._withdraw_motion import withdraw_motion
from coop.members.operations._worker import certify_skill, join_as_worker, name_skill

__all__ = [
    "add_address", "admit", "apply_for_membership", "appoint", "begin_household",
    "begin_work", "certify_skill", "change_profile", "consent", "end_office",
    "enter_demonstration", "found_cooperative", "issue_token", "join_as_worker", "known_person",
    "name_skill", "register_household", "revoke_token", "second_motion", "set_phone", "use_token",
    "withdraw_motion",
]  # fmt: skip
