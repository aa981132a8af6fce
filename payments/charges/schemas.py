"""What the API says about charges. Amounts are whole minor units with a currency."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, StrictInt


class MoneyOut(Schema):
    minor: int
    currency: str


class LineOut(Schema):
    code: str
    label: str
    amount: MoneyOut


class ChargeOut(Schema):
    id: UUID
    booking_id: UUID
    part: int
    household_id: UUID
    rail: str
    state: str
    amount: MoneyOut
    due: MoneyOut | None
    held: MoneyOut
    captured: MoneyOut
    refunded: MoneyOut
    owed_back: MoneyOut
    outstanding: MoneyOut
    failure: str
    opened_at: datetime
    version: int


class ReceiptOut(Schema):
    id: UUID
    number: int
    charge_id: UUID
    amount: MoneyOut
    how: str
    reference: str
    received_on: date


class RefundOut(Schema):
    id: UUID
    amount: MoneyOut
    reason: str
    borne_by: str
    done: bool


class ChargeDetailOut(Schema):
    card: ChargeOut
    lines: list[LineOut]
    receipts: list[ReceiptOut]
    refunds: list[RefundOut]


class CardOut(Schema):
    id: UUID
    state: str
    brand: str
    last4: str
    refusal: str


class _In(Schema):
    model_config = ConfigDict(extra="forbid")


class CardIn(_In):
    method: str = Field(max_length=80)


class PayIn(_In):
    card_id: UUID


class ReceiptIn(_In):
    amount_minor: StrictInt = Field(gt=0, le=2**53)
    how: str = Field(pattern="^(bank|mobile_money|cash)$")
    received_on: date
    reference: str = Field(default="", max_length=120)


class RefundIn(_In):
    amount_minor: StrictInt = Field(gt=0, le=2**53)
    reason: str = Field(min_length=1, max_length=200)


class MadeOut(Schema):
    id: UUID


class NumberOut(Schema):
    number: int


class RefusalOut(Schema):
    code: str
    message: str
    facts: dict[str, str] = {}
