"""Governance in the admin: to look at; what members decide is not edited, and no vote is here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from coop.members.access.office import ReadOnly
from coop.members.types import MemberRef
from governance.models import Ballot, Decision, PolicyVersion, Proposal
from governance.queries import visible_to


@admin.register(Proposal)
class ProposalAdmin(ReadOnly):
    """As everywhere: a draft is its author's alone."""

    list_display = ("number", "title", "state", "decision_kind")
    list_filter = ("state",)
    search_fields = ("title",)
    fields = (
        "number", "title", "reason", "state", "decision_kind", "proposed_by", "proposed_at",
        "discussed_from", "noticed_at", "ended_at", "end_reason", "motion", "text_sha256",
    )  # fmt: skip
    ordering = ("-number",)

    def visible_to(self, ref: MemberRef, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(pk__in=visible_to(ref).values("pk"))


@admin.register(Ballot)
class BallotAdmin(ReadOnly):
    """That there was a vote, when, and its count; who chose what is in no room of the office."""

    list_display = ("proposal_id", "call", "state", "opens_at", "closes_at", "roll_size")
    list_filter = ("state",)
    fields = (
        "proposal", "call", "state", "opens_at", "closes_at", "opened_at", "closed_at",
        "roll_size", "roll_sha256", "outcome", "input_sha256",
    )  # fmt: skip


@admin.register(Decision)
class DecisionAdmin(ReadOnly):
    list_display = ("proposal_id", "passed", "yes", "no", "abstain", "certified_at")
    list_filter = ("passed",)
    fields = (
        "proposal", "passed", "yes", "no", "abstain", "motion", "certified_by", "certified_at",
        "certified_on",
    )  # fmt: skip


@admin.register(PolicyVersion)
class PolicyVersionAdmin(ReadOnly):
    list_display = ("key", "effective_from", "founding", "decision_id")
    list_filter = ("key",)
    fields = ("key", "terms", "effective_from", "founding", "decision", "written_at")
