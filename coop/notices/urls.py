"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from coop.notices import webhooks
from coop.notices.views import inbox, phones

app_name = "notices"
urlpatterns: list[URLPattern | URLResolver] = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read", inbox.read, name="read"),
    path("phone/", phones.phones, name="phones"),
    path("phone/answer", phones.answer, name="answer"),
    path("webhooks/sms", webhooks.sms, name="sms"),
]
