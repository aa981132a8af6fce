"""Signing in to the API, and who one is there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from ninja.security import HttpBearer

from coop.kernel import NotFound
from coop.members import operations, queries
from coop.members.access import ref_of, ref_of_person, stands, today_of
from coop.members.gateways.limiter import spend
from coop.members.schemas import (
    MemberOut,
    MeOut,
    MotionOut,
    NewTokenOut,
    OfficeActOut,
    OfficeOut,
    TokenIn,
    TokenOut,
)
from coop.members.types import MemberRef

#: Calls of one token in a minute; without Valkey the API stays open.
CALLS_PER_MINUTE = 600


class TokenAuth(HttpBearer):
    """A personal token in the Authorization header; `ref_of(request)` answers as for a session."""

    def authenticate(self, request: HttpRequest, token: str) -> MemberRef | None:
        found = operations.use_token(at=timezone.now(), text=token)
        if found is None:
            return None
        person_id, cooperative_id = found
        spend(f"api:{person_id}", limit=CALLS_PER_MINUTE, seconds=60, closed_when_down=False)
        try:
            ref = ref_of_person(person_id, cooperative_id)
        except NotFound:
            return None
        if ref.cooperative_id != cooperative_id:
            return None
        request.member_ref = ref  # type: ignore[attr-defined]
        return ref


router = Router()


@router.get("/me", response=MeOut, summary="Who I am here")
def me(request: HttpRequest) -> dict[str, Any]:
    ref = ref_of(request)
    return {
        "person_id": ref.person_id, "name": ref.name, "language": ref.language,
        "cooperative": queries.cooperative(ref.cooperative_id), "worker_id": ref.worker_id,
        "household_id": ref.household_id, "membership_id": ref.membership_id,
        "offices": sorted(ref.offices), "can_vote": ref.can_vote,
    }  # fmt: skip


@router.get("/people", response=list[MemberOut], summary="The register of members")
def people(request: HttpRequest) -> list[Any]:
    ref = ref_of(request)
    if not stands(ref, "member", "coordinator", "board", "auditor"):
        raise NotFound("page_unknown", "There is no such page.")
    return list(queries.members(cooperative_id=ref.cooperative_id))


@router.post("/people/{membership_id}/admit", response={204: None}, summary="Admit an applicant")
def admit(request: HttpRequest, membership_id: UUID) -> tuple[int, None]:
    ref, now = ref_of(request), timezone.now()
    operations.admit(by=ref, at=now, membership_id=membership_id, on=now.date())
    return 204, None


@router.get("/offices", response=list[OfficeOut], summary="Who holds which office")
def offices(request: HttpRequest) -> list[Any]:
    ref = _keeper(request)
    return list(queries.offices(cooperative_id=ref.cooperative_id, on=today_of(ref)))


@router.post(
    "/offices/{office_id}/end", response=OfficeActOut, summary="Step down, or end an office"
)
def end_office(request: HttpRequest, office_id: UUID) -> Any:
    ref, now = ref_of(request), timezone.now()
    return operations.end_office(by=ref, at=now, office_id=office_id, on=today_of(ref))


@router.get("/offices/asked", response=list[MotionOut], summary="What waits for a second key")
def office_motions(request: HttpRequest) -> list[Any]:
    ref = _keeper(request)
    return list(queries.office_motions(ref, at=timezone.now(), on=today_of(ref)))


@router.post(
    "/offices/asked/{motion_id}/agree", response=OfficeActOut, summary="Turn the second key"
)
def agree(request: HttpRequest, motion_id: UUID) -> Any:
    return operations.second_motion(by=ref_of(request), at=timezone.now(), motion_id=motion_id)


@router.post(
    "/offices/asked/{motion_id}/withdraw", response={204: None}, summary="Take a request back"
)
def withdraw(request: HttpRequest, motion_id: UUID) -> tuple[int, None]:
    operations.withdraw_motion(by=ref_of(request), at=timezone.now(), motion_id=motion_id)
    return 204, None


def _keeper(request: HttpRequest) -> MemberRef:
    ref = ref_of(request)
    if not stands(ref, "coordinator", "board"):
        raise NotFound("page_unknown", "There is no such page.")
    return ref


@router.get("/tokens", response=list[TokenOut], summary="My tokens")
def tokens(request: HttpRequest) -> list[Any]:
    return list(queries.tokens(ref_of(request)))


@router.post("/tokens", response={201: NewTokenOut}, summary="Make a token")
def make_token(request: HttpRequest, said: TokenIn) -> tuple[int, Any]:
    return 201, operations.issue_token(by=ref_of(request), at=timezone.now(), name=said.name)


@router.delete("/tokens/{token_id}", response={204: None}, summary="End a token")
def end_token(request: HttpRequest, token_id: UUID) -> tuple[int, None]:
    operations.revoke_token(by=ref_of(request), at=timezone.now(), token_id=token_id)
    return 204, None
