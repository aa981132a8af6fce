"""What a way out must be able to do."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class SendFailed(Exception):
    """A message did not go out; `may_recover` says whether the same way may work later."""

    def __init__(self, reason: str, *, may_recover: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.may_recover = may_recover


class SmsGateway(Protocol):
    def send(self, *, to: str, text: str, key: str, at: datetime) -> str:
        """Send once per key; the provider's id of the message. Raises SendFailed."""
        ...


class MailGateway(Protocol):
    def send(self, *, to: str, subject: str, text: str, key: str) -> str:
        """Send; the id of the message. Raises SendFailed."""
        ...
