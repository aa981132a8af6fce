"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from coop.members.views import enter

app_name = "members"
urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in-as/<uuid:person_id>", enter.sign_in_as, name="sign_in_as"),
    path("cooperative", enter.choose, name="choose_cooperative"),
]
