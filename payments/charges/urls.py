"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from payments.charges import views, webhooks

app_name = "charges"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.mine, name="mine"),
    path("cards/new/", views.add_card, name="add_card"),
    path("cards/<uuid:card_id>/remove/", views.let_card_go, name="remove_card"),
    path("<uuid:charge_id>/", views.charge, name="one"),
    path("<uuid:charge_id>/pay/", views.pay, name="pay"),
    path("<uuid:charge_id>/receive/", views.receive, name="receive"),
    path("<uuid:charge_id>/give-back/", views.give_back, name="give_back"),
    path("webhooks/stripe/", webhooks.stripe, name="webhook"),
]
