"""The front door."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from coop.home import views

app_name = "home"
urlpatterns = [
    path("", views.landing, name="landing"),
    path("home/", views.own_home, name="home"),
    path("health/live/", views.live, name="live"),
    path("health/ready/", views.ready, name="ready"),
    path("health/", views.ready, name="health"),
    path("metrics", views.metrics, name="metrics"),
    path("operate/", views.operate, name="operate"),
    path("operate/<uuid:promise_id>", views.settle, name="settle"),
    path("language/", set_language, name="set_language"),
    path("style/", views.style, name="style"),
]
