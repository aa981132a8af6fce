"""What Stripe says it did: its balance, line by line, and the holds that never reach it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from coop.kernel import Money
from payments.charges.gateways.protocol import Moved

_TAKEN = ("charge", "payment")
_GIVEN = ("refund", "payment_refund")
#: A payment is made days before its hold when the bank asks the card's owner first.
_BANK_ASKS = timedelta(days=7)


def journal(client: Any, since: datetime | None) -> Iterator[Moved]:
    """The holds, then the captures and refunds, a page at a time; `client` is the SDK's v1."""
    held = client.payment_intents.list(_page("data.latest_charge", since and since - _BANK_ASKS))
    yield from (_hold(row) for row in held.auto_paging_iter() if _was_held(row))
    lines = client.balance_transactions.list(_page("data.source", since))
    yield from (_line(line) for line in lines.auto_paging_iter() if line.type in _TAKEN + _GIVEN)


def one(client: Any, kind: str, ref: str) -> Moved | None:
    """The capture or refund of this id alone, however old; None when it never happened."""
    if kind == "refund":
        made = client.refunds.retrieve(ref)
        return _refund(made) if made.status == "succeeded" else None
    wanted: Any = {"expand": ["latest_charge"]}
    charge: Any = client.payment_intents.retrieve(ref, wanted).latest_charge
    return _capture(charge) if charge is not None and charge.captured else None


def _page(expand: str, since: datetime | None) -> Any:
    wanted: dict[str, Any] = {"limit": 100, "expand": [expand]}
    return wanted | ({"created": {"gte": int(since.timestamp())}} if since else {})


def _line(line: Any) -> Moved:
    return _capture(line.source) if line.type in _TAKEN else _refund(line.source)


def _was_held(row: Any) -> bool:
    charge = row.latest_charge
    return charge is not None and not isinstance(charge, str) and bool(charge.paid)


def _hold(row: Any) -> Moved:
    amount = Money(row.latest_charge.amount, row.currency.upper())
    return Moved("hold", row.id, row.id, amount, ours(row, "charge"), ours(row, "intent"))


def _capture(charge: Any) -> Moved:
    ref, amount = named(charge.payment_intent), Money(charge.amount_captured, _currency(charge))
    return Moved("capture", ref, ref, amount, ours(charge, "charge"), None)


def _refund(made: Any) -> Moved:
    amount = Money(made.amount, _currency(made))
    return Moved("refund", made.id, named(made.payment_intent), amount, None, ours(made, "intent"))


def _currency(row: Any) -> str:
    return str(row.currency).upper()


def named(value: Any) -> str:
    """An id, whether the object is there whole or only its id; "" for nothing."""
    return value if isinstance(value, str) else str(value.id) if value is not None else ""


def ours(row: Any, name: str) -> UUID | None:
    """An id of ours that they keep for us."""
    kept = row.metadata.to_dict().get(name) if row.metadata else None
    try:
        return UUID(kept) if kept else None
    except ValueError:
        return None
