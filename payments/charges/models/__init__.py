"""Tables of the charges."""

from payments.charges.models.charge import Charge, ChargeLine
from payments.charges.models.intent import Intent, WebhookEvent
from payments.charges.models.manual import Receipt, ReceiptCounter, Refund
from payments.charges.models.saved_card import SavedCard

__all__ = [
    "Charge",
    "ChargeLine",
    "Intent",
    "Receipt",
    "ReceiptCounter",
    "Refund",
    "SavedCard",
    "WebhookEvent",
]
