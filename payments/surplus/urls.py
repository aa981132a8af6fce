"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from payments.surplus.views import pages

app_name = "surplus"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.sharings, name="sharings"),
    path("<uuid:sharing_id>", pages.sharing, name="sharing"),
    path("<uuid:sharing_id>/withdraw", pages.withdraw, name="withdraw"),
]
