"""The office's window onto people: who belongs here, as what; no home, no key, no phone in a list.

Whoever reads about one person leaves a sentence in the trail.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from coop.members import operations
from coop.members.access import today_of
from coop.members.access.office import ReadOnly, ReadOnlyInline
from coop.members.models import (
    ApiToken,
    Consent,
    Household,
    HouseholdPerson,
    Membership,
    Office,
    User,
    Worker,
    WorkerSkill,
)
from coop.members.types import MemberRef

KEEPERS = ("coordinator", "board")


@admin.register(User)
class PersonAdmin(ReadOnly):
    """Everybody who belongs to the cooperative in whatever way."""

    seen_by = KEEPERS
    sensitive = True
    list_display = ("name", "language", "is_active")
    fields = ("name", "phone", "email", "language", "is_active")
    search_fields = ("name",)
    ordering = ("name",)

    def visible_to(self, ref: MemberRef, rows: QuerySet[Any]) -> QuerySet[Any]:
        mine = Q(pk__in=[])
        for model in (Membership, Worker, HouseholdPerson, Office):
            here = model._default_manager.filter(cooperative_id=ref.cooperative_id)
            mine |= Q(pk__in=here.values("user_id"))
        return rows.filter(mine)


@admin.register(Membership)
class MembershipAdmin(ReadOnly):
    seen_by = (*KEEPERS, "election_committee", "auditor")
    acted_by = ("board",)
    list_display = ("number", "user", "state", "member_since")
    list_filter = ("state",)
    fields = ("number", "user", "state", "applied_at", "member_since")
    search_fields = ("user__name",)
    ordering = ("number",)
    actions = ("admit",)

    @admin.action(description=_("Admit as members"), permissions=["act"])
    def admit(self, request: HttpRequest, rows: QuerySet[Membership]) -> None:
        def one(ref: MemberRef, row: Membership) -> None:
            operations.admit(by=ref, at=timezone.now(), membership_id=row.id, on=today_of(ref))

        done = self.each(request, rows, one)
        messages.success(request, now_("Admitted: %(count)s.") % {"count": done})


@admin.register(Office)
class OfficeAdmin(ReadOnly):
    acted_by = ("board",)
    list_display = ("name", "user", "term", "source")
    list_filter = ("name",)
    fields = ("name", "user", "term", "source")
    ordering = ("name", "-term")
    actions = ("end",)

    @admin.action(description=_("End from today"), permissions=["act"])
    def end(self, request: HttpRequest, rows: QuerySet[Office]) -> None:
        def one(ref: MemberRef, row: Office) -> None:
            operations.end_office(by=ref, at=timezone.now(), office_id=row.id, on=today_of(ref))

        done = self.each(request, rows, one)
        messages.success(
            request,
            now_("Done: %(count)s. What needs a second board member waits under People.")
            % {"count": done},
        )


class SkillInline(ReadOnlyInline):
    model = WorkerSkill
    seen_by = KEEPERS
    fields = ("skill", "valid_from", "valid_until")


@admin.register(Worker)
class WorkerAdmin(ReadOnly):
    """What she can do and how much she wants to work; where she lives is not shown."""

    seen_by = KEEPERS
    sensitive = True
    list_display = ("name", "active", "wanted_minutes_per_week", "joined_on")
    list_filter = ("active",)
    fields = ("name", "user", "active", "wanted_minutes_per_week", "travels_km", "joined_on")
    search_fields = ("name",)
    ordering = ("name",)
    inlines = (SkillInline,)


class HouseholdPersonInline(ReadOnlyInline):
    model = HouseholdPerson
    seen_by = KEEPERS
    fields = ("user",)


@admin.register(Household)
class HouseholdAdmin(ReadOnly):
    """A client account and who acts for it; its addresses are not shown."""

    seen_by = (*KEEPERS, "treasurer")
    sensitive = True
    list_display = ("name", "kind", "active", "created_at")
    list_filter = ("active", "kind")
    fields = ("name", "kind", "active", "created_at")
    search_fields = ("name",)
    ordering = ("name",)
    inlines = (HouseholdPersonInline,)


@admin.register(Consent)
class ConsentAdmin(ReadOnly):
    seen_by = ("board", "auditor")
    sensitive = True
    list_display = ("user", "purpose", "given", "at")
    list_filter = ("purpose", "given")
    fields = ("user", "purpose", "given", "wording", "at")
    ordering = ("-at",)


@admin.register(ApiToken)
class TokenAdmin(ReadOnly):
    """Which programs act for whom, so that a lost one can be ended; the key itself is nowhere."""

    seen_by = ("board",)
    acted_by = ("board",)
    list_display = ("user", "name", "created_at", "revoked_at", "last_used_on")
    fields = ("user", "name", "created_at", "revoked_at", "last_used_on")
    ordering = ("-created_at",)
    actions = ("end",)

    @admin.action(description=_("End the tokens"), permissions=["act"])
    def end(self, request: HttpRequest, rows: QuerySet[ApiToken]) -> None:
        def one(ref: MemberRef, row: ApiToken) -> None:
            operations.revoke_token(by=ref, at=timezone.now(), token_id=row.id)

        done = self.each(request, rows, one)
        messages.success(request, now_("Tokens ended: %(count)s.") % {"count": done})
