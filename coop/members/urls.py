"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from coop.members.views import enter, join, offices, own, register

app_name = "members"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", own.profile, name="profile"),
    path("consent", own.consent, name="consent"),
    path("tokens/", own.tokens, name="tokens"),
    path("tokens/make", own.make_token, name="make_token"),
    path("tokens/<uuid:token_id>/end", own.end_token, name="end_token"),
    path("cooperative", enter.choose, name="choose_cooperative"),
    path("sign-in-as/<uuid:person_id>", enter.sign_in_as, name="sign_in_as"),
    path("join/", join.join, name="join"),
    path("join/work/", join.work, name="join_work"),
    path("join/household/", join.household, name="join_household"),
    path("people/", register.people, name="people"),
    path("people/<uuid:membership_id>/admit", register.admit, name="admit"),
    path("people/appoint/", offices.appoint, name="appoint"),
    path("offices/<uuid:office_id>/", offices.office, name="office"),
    path("offices/<uuid:office_id>/end", offices.end, name="end_office"),
    path("offices/asked/<uuid:motion_id>/agree", offices.agree, name="agree"),
    path("offices/asked/<uuid:motion_id>/withdraw", offices.withdraw, name="withdraw"),
]
