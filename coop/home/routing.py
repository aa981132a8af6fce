"""Sockets."""

from __future__ import annotations

from django.urls import path

from coop.home.consumers import HintConsumer

websocket_urlpatterns = [path("ws/", HintConsumer.as_asgi())]
