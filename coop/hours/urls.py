"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "hours"
urlpatterns: list[URLPattern | URLResolver] = []
