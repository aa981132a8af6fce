"""What notices do: tell, send what is due, take in answers and receipts, mark as read."""

from coop.notices.operations._inbound import receive_sms
from coop.notices.operations._notify import notify, notify_each
from coop.notices.operations._read import read_inbox
from coop.notices.operations._receipt import receive_receipt
from coop.notices.operations._send import send_due, send_known_phone, send_reply, send_sign_in_code

__all__ = [
    "notify", "notify_each", "read_inbox", "receive_receipt", "receive_sms", "send_due",
    "send_known_phone", "send_reply", "send_sign_in_code",
]  # fmt: skip
