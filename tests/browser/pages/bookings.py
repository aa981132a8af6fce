"""Booking, work and the desk."""

from __future__ import annotations

from tests.browser.pages.row import Row

ROWS = [
    Row("bookings:price", "household"),
    Row("bookings:mine", "household"),
    Row("bookings:today", "worker"),
    Row("bookings:work", "worker"),
    Row("bookings:time", "worker"),
    Row("bookings:desk", "coordinator"),
]
ACTS = {"bookings:again", "bookings:answer", "bookings:arrive", "bookings:here", "bookings:leave"}
