"""What can be done: price, book, pair, go, agree."""

from bookings.operations._accept import accept
from bookings.operations._accept_by_sms import accept_by_sms, decline_by_sms
from bookings.operations._arrive_by_sms import arrive_by_sms, leave_by_sms
from bookings.operations._ask_for_word import ask_for_word
from bookings.operations._avoid import avoid, unavoid
from bookings.operations._cancel import cancel_by_client, cancel_series
from bookings.operations._check_in import check_in
from bookings.operations._check_out import check_out
from bookings.operations._confirm import confirm
from bookings.operations._confirm_visit import confirm_visit
from bookings.operations._declare import declare
from bookings.operations._declare_absence import declare_absence
from bookings.operations._decline import decline
from bookings.operations._expire import expire_booking, expire_offer
from bookings.operations._hear_silence import hear_silence
from bookings.operations._offer_next import offer_next
from bookings.operations._open_services import open_calendar, open_services
from bookings.operations._quote import make_quote
from bookings.operations._remind import remind
from bookings.operations._request import request_booking
from bookings.operations._series import request_series
from bookings.operations._settle import settle
from bookings.operations._times import set_availability, set_exception, take_leave
from bookings.operations._withdraw import cancel_by_worker, withdraw_offers

__all__ = [
    "accept", "accept_by_sms", "arrive_by_sms", "ask_for_word", "avoid", "cancel_by_client",
    "cancel_by_worker", "cancel_series", "check_in", "check_out", "confirm", "confirm_visit",
    "declare", "declare_absence", "decline", "decline_by_sms", "expire_booking", "expire_offer",
    "hear_silence", "leave_by_sms", "make_quote", "offer_next", "open_calendar", "open_services",
    "remind", "request_booking", "request_series", "set_availability", "set_exception", "settle",
    "take_leave", "unavoid", "withdraw_offers",
]  # fmt: skip
