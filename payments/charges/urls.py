"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from payments.charges import webhooks

app_name = "payments_charges"
urlpatterns: list[URLPattern | URLResolver] = [
    path("webhooks/stripe/", webhooks.stripe, name="webhook"),
]
