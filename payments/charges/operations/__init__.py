"""What can be done with charges."""

from payments.charges.operations._absorb import absorb
from payments.charges.operations._apply_webhook import apply_webhook, receive_webhook
from payments.charges.operations._arrange_hold import arrange_hold, hold_when_due
from payments.charges.operations._capture import capture, collect
from payments.charges.operations._carry_out import carry_out
from payments.charges.operations._collect_price import collect_price
from payments.charges.operations._hold import hold
from payments.charges.operations._open_charge import open_charge
from payments.charges.operations._reconcile import promise_reconcile, reconcile, refresh
from payments.charges.operations._record_receipt import record_receipt
from payments.charges.operations._refund import refund
from payments.charges.operations._release import release
from payments.charges.operations._save_card import remove_card, save_card

__all__ = [
    "absorb",
    "apply_webhook",
    "arrange_hold",
    "capture",
    "carry_out",
    "collect",
    "collect_price",
    "hold",
    "hold_when_due",
    "open_charge",
    "promise_reconcile",
    "receive_webhook",
    "reconcile",
    "record_receipt",
    "refresh",
    "refund",
    "release",
    "remove_card",
    "save_card",
]
