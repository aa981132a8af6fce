"""What is carried out for promises, and the one word every phone may send."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop as _n

from coop.events import react_to
from coop.members.events import SignInCodeAsked, SignUpOfKnownPhone
from coop.notices import operations
from coop.notices.operations._inbound import help_text
from coop.notices.registry import on_word
from coop.outbox.registry import effect


@effect("notices.send")
def send(payload: dict[str, Any], *, at: datetime) -> None:
    operations.send_due(at=at, notice_id=UUID(payload["notice"]))


@effect("notices.reply")
def reply(payload: dict[str, Any], *, at: datetime) -> None:
    operations.send_reply(at=at, inbound_id=UUID(payload["inbound"]))


@react_to(SignInCodeAsked)
def text_the_code(event: SignInCodeAsked) -> None:
    operations.send_sign_in_code(
        at=event.at, phone=event.phone, code=event.code, key=f"code:{event.id}"
    )


@react_to(SignUpOfKnownPhone)
def text_that_she_is_known(event: SignUpOfKnownPhone) -> None:
    operations.send_known_phone(at=event.at, phone=event.phone, key=f"known:{event.id}")


on_word("help", "ayuda", usage=_n("HELP"))(help_text)
