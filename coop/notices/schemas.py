"""What providers send us and what the API says about messages."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import BaseModel, Field, TypeAdapter


class InboundSmsIn(BaseModel):
    """A text somebody sent us."""

    type: Literal["inbound"]
    id: str = Field(min_length=1, max_length=120)
    sender: str = Field(alias="from", pattern=r"^\+[1-9][0-9]{5,14}$")
    text: str = Field(max_length=1600)


class ReceiptIn(BaseModel):
    """What became of a text of ours."""

    type: Literal["receipt"]
    id: str = Field(min_length=1, max_length=120)
    status: Literal["delivered", "failed"]
    reason: str = Field(default="", max_length=300)


sms_event: TypeAdapter[InboundSmsIn | ReceiptIn] = TypeAdapter(
    Annotated[InboundSmsIn | ReceiptIn, Field(discriminator="type")]
)


class NoticeOut(Schema):
    id: UUID
    template: str
    subject: str
    text: str
    link: str
    at: datetime
    is_read: bool


class NoticeCountsOut(Schema):
    due: int
    overdue: int
    sent: int
    delivered: int
    failed: int
