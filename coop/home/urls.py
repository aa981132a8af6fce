"""The front door."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path


def _soon(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Letsema")


app_name = "home"
urlpatterns = [path("", _soon, name="landing"), path("home/", _soon, name="home")]
