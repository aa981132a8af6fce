"""The composition root for pages: every app by name."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from coop.api import api

urlpatterns = [
    path("", include("coop.home.urls")),
    path("me/", include("coop.members.urls")),
    path("account/", include("allauth.urls")),
    path("", include("coop.notices.urls")),
    path("hours/", include("coop.hours.urls")),
    path("operate/", include("coop.outbox.urls")),
    path("decide/", include("governance.urls")),
    path("book/", include("bookings.urls")),
    path("money/books/", include("payments.ledger.urls")),
    path("money/charges/", include("payments.charges.urls")),
    path("money/pay/", include("payments.payroll.urls")),
    path("money/surplus/", include("payments.surplus.urls")),
    path("api/", api.urls),
    path("admin/", admin.site.urls),
]
