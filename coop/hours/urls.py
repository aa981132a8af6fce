"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from coop.hours.views import mine

app_name = "hours"
urlpatterns: list[URLPattern | URLResolver] = [path("", mine.mine, name="mine")]
