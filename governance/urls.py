"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from governance.views import decide, rules

app_name = "governance"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", decide.decide, name="decide"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<str:key>/", rules.rule, name="rule"),
    path("rules/<str:key>/propose/", rules.propose, name="propose"),
    path("<uuid:proposal_id>/", decide.proposal, name="proposal"),
    path("<uuid:proposal_id>/amend/", rules.amend, name="amend"),
    path("<uuid:proposal_id>/vote/", decide.vote, name="vote"),
    path("<uuid:proposal_id>/comment/", decide.comment, name="comment"),
    path("<uuid:proposal_id>/step/", decide.step, name="step"),
]
