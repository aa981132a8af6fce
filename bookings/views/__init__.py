"""Pages of bookings, by who opens them."""

from bookings.views.booking import need, quote
from bookings.views.desk import again, desk
from bookings.views.telling import settle, times
from bookings.views.visits import cancel, here, mine, series, visit
from bookings.views.why import why
from bookings.views.work import answer, arrive, job, leave, offer, today, withdraw, work
from bookings.views.worktime import worktime

__all__ = [
    "again", "answer", "arrive", "cancel", "desk", "here", "job", "leave", "mine", "need", "offer",
    "quote", "series", "settle", "times", "today", "visit", "why", "withdraw", "work", "worktime",
]  # fmt: skip
