"""Who is at the door, and may she enter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from coop.kernel import NotFound
from coop.members import queries
from coop.members.types import MemberRef

_KEY = "cooperative"
View = Callable[..., HttpResponseBase]


def ref_of(request: HttpRequest) -> MemberRef:
    """The signed-in person in the cooperative she chose (or her only one).

    Kept on the request, so a page asks once. Raises NotFound when she belongs to none.
    """
    kept = getattr(request, "member_ref", None)
    if isinstance(kept, MemberRef):
        return kept
    if not request.user.is_authenticated:
        raise NotFound("not_signed_in", "Sign in first.")
    chosen = request.session.get(_KEY) if hasattr(request, "session") else None
    ref = _ref(request.user.pk, UUID(chosen) if chosen else None)
    request.member_ref = ref  # type: ignore[attr-defined]
    return ref


def choose_cooperative(request: HttpRequest, cooperative_id: UUID) -> None:
    """Remember which of her cooperatives she acts in."""
    request.session[_KEY] = str(cooperative_id)


def _ref(person_id: UUID, chosen: UUID | None) -> MemberRef:
    """In the cooperative she chose, or the first by name where she still belongs."""
    now = timezone.now()
    refs = queries.refs_of(person_id, today=lambda zone: now.astimezone(ZoneInfo(zone)).date())
    if not refs:
        raise NotFound("not_of_this_cooperative", "You do not belong to a cooperative here yet.")
    return next((ref for ref in refs if ref.cooperative_id == chosen), refs[0])


def ref_of_person(person_id: UUID, cooperative_id: UUID | None = None) -> MemberRef:
    """The same for doors without a session: an SMS, a token, a socket."""
    return _ref(person_id, cooperative_id)


def today_of(ref: MemberRef) -> date:
    """The day it is now where her cooperative is."""
    return timezone.now().astimezone(ZoneInfo(ref.zone)).date()


def signed_in(view: View) -> View:
    """Only for a signed-in person of some cooperative; others are led to the sign-in page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        ref_of(request)
        return view(request, *args, **kwargs)

    return guarded


def needs(*standings: str) -> Callable[[View], View]:
    """Only for a person with one of the standings: "worker", "household", "member", or an office.

    For everybody else the page does not exist (404).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not stands(ref_of(request), *standings):
                raise NotFound("page_unknown", "There is no such page.")
            return view(request, *args, **kwargs)

        guarded.standings = frozenset(standings)  # type: ignore[attr-defined]
        return guarded

    return decorate


def stands(ref: MemberRef, *standings: str) -> bool:
    """Whether she is one of these: worker, household, member, or holds one of these offices."""
    held = set(ref.offices)
    if ref.worker_id:
        held.add("worker")
    if ref.household_id:
        held.add("household")
    if ref.membership_id:
        held.add("member")
    return not held.isdisjoint(standings)
