"""What must be told to whom, each try to tell it, and what came back."""

from coop.notices.models.notices import Attempt, Notice
from coop.notices.models.phones import InboundSms, PhoneMessage

__all__ = ["Attempt", "InboundSms", "Notice", "PhoneMessage"]
