"""The same verbs as the pages, for machines: one operation or query each."""

from __future__ import annotations

from ninja import Router

from bookings.api import booking, desk, offers, times, visits, work

router = Router()
for part in (booking, offers, work, times, desk, visits):
    router.add_router("", part.router)
