"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "coop_notices"
urlpatterns: list[URLPattern | URLResolver] = []
