"""Governance in the admin: to look at; what members decide is not edited."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from coop.members.access import ref_of
from governance.models import Ballot, Decision, PolicyVersion, Proposal


class _ReadOnly(ModelAdmin):  # type: ignore[misc]
    """Whoever is not the operator of the installation sees the cooperative she acts in."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        if getattr(request.user, "is_superuser", False):
            return rows
        return rows.filter(cooperative_id=ref_of(request).cooperative_id)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Proposal)
class ProposalAdmin(_ReadOnly):
    list_display = ("number", "title", "state", "decision_kind", "cooperative")
    list_filter = ("state", "cooperative")
    search_fields = ("title",)


@admin.register(Ballot)
class BallotAdmin(_ReadOnly):
    list_display = ("proposal_id", "call", "state", "opens_at", "closes_at", "roll_size")
    list_filter = ("state", "cooperative")


@admin.register(Decision)
class DecisionAdmin(_ReadOnly):
    list_display = ("proposal_id", "passed", "yes", "no", "abstain", "certified_at")
    list_filter = ("passed", "cooperative")


@admin.register(PolicyVersion)
class PolicyVersionAdmin(_ReadOnly):
    list_display = ("key", "effective_from", "founding", "decision_id", "cooperative")
    list_filter = ("key", "cooperative")
