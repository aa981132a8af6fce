"""People, and the cooperative they belong to."""

from coop.members.models.cooperative import Cooperative
from coop.members.models.households import Address, Household, HouseholdPerson
from coop.members.models.offices import Office, OfficeMotion
from coop.members.models.people import User
from coop.members.models.standing import Consent, Membership
from coop.members.models.tokens import ApiToken
from coop.members.models.workers import Skill, Worker, WorkerSkill

__all__ = [
    "Address", "ApiToken", "Consent", "Cooperative", "Household", "HouseholdPerson", "Membership",
    "Office", "OfficeMotion", "Skill", "User", "Worker", "WorkerSkill",
]  # fmt: skip
