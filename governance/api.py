"""Deciding over the API: the verbs of the pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from coop.kernel import NotFound
from coop.members.access import ref_of, stands
from coop.members.types import MemberRef, OfficeName
from governance import operations, queries, schemas
from governance.registry import key_of
from governance.rules.days import day_of

router = Router()
READERS = ("member", *(office.value for office in OfficeName))


def _reader(request: HttpRequest) -> MemberRef:
    ref = ref_of(request)
    if not stands(ref, *READERS):
        raise NotFound("page_unknown", "There is no such page.")
    return ref


def _act(request: HttpRequest, proposal_id: UUID) -> dict[str, Any]:
    """Who, when and about what: every verb takes these."""
    return {"by": _reader(request), "at": timezone.now(), "proposal_id": proposal_id}


@router.get("/rules", response=list[schemas.RuleOut], summary="The rules in force")
def rules(request: HttpRequest) -> list[Any]:
    ref = _reader(request)
    on = day_of(timezone.now(), ref.zone)
    return list(queries.rules_in_force(cooperative_id=ref.cooperative_id, on=on))


@router.get("/rules/{key}", response=list[schemas.StepOut], summary="Every version of a rule")
def rule(request: HttpRequest, key: str) -> list[Any]:
    ref = _reader(request)
    return list(queries.history(key_of(key), cooperative_id=ref.cooperative_id))


@router.get("/proposals", response=list[schemas.ProposalOut], summary="Proposals I may see")
def proposals(request: HttpRequest) -> list[Any]:
    return list(queries.proposals(_reader(request)))


@router.post("/proposals", response={201: schemas.MadeOut}, summary="Write a proposal")
def propose(request: HttpRequest, said: schemas.ProposalIn) -> tuple[int, Any]:
    made = operations.propose(
        by=_reader(request), at=timezone.now(), title=said.title, reason=said.reason,
        motion=said.motion(),
    )  # fmt: skip
    return 201, {"id": made}


@router.get("/proposals/{proposal_id}", response=schemas.ProposalDetailOut, summary="One proposal")
def proposal(request: HttpRequest, proposal_id: UUID) -> Any:
    ref = _reader(request)
    on = day_of(timezone.now(), ref.zone)
    return queries.proposal(ref, proposal_id=proposal_id, on=on)


@router.put("/proposals/{proposal_id}", response={204: None}, summary="Rewrite my proposal")
def amend(request: HttpRequest, proposal_id: UUID, said: schemas.ProposalIn) -> tuple[int, None]:
    operations.amend_draft(
        **_act(request, proposal_id), title=said.title, reason=said.reason, motion=said.motion()
    )
    return 204, None


@router.post(
    "/proposals/{proposal_id}/discuss", response={204: None}, summary="Open the discussion"
)
def discuss(request: HttpRequest, proposal_id: UUID) -> tuple[int, None]:
    operations.start_discussion(**_act(request, proposal_id))
    return 204, None


@router.post(
    "/proposals/{proposal_id}/comments", response={201: schemas.MadeOut}, summary="Say something"
)
def comment(request: HttpRequest, proposal_id: UUID, said: schemas.CommentIn) -> tuple[int, Any]:
    made = operations.comment(**_act(request, proposal_id), text=said.text, stance=said.stance)
    return 201, {"id": made}


@router.post(
    "/proposals/{proposal_id}/notice", response={201: schemas.MadeOut}, summary="Give notice"
)
def notice(request: HttpRequest, proposal_id: UUID) -> tuple[int, Any]:
    return 201, {"id": operations.give_notice(**_act(request, proposal_id))}


@router.post("/proposals/{proposal_id}/open", response={204: None}, summary="Open the ballot")
def open_ballot(request: HttpRequest, proposal_id: UUID) -> tuple[int, None]:
    operations.open_ballot(**_act(request, proposal_id))
    return 204, None


@router.post("/proposals/{proposal_id}/vote", response={204: None}, summary="Cast my one vote")
def vote(request: HttpRequest, proposal_id: UUID, said: schemas.VoteIn) -> tuple[int, None]:
    operations.cast_vote(**_act(request, proposal_id), choice=said.choice)
    return 204, None


@router.post("/proposals/{proposal_id}/close", response={204: None}, summary="Close and count")
def close(request: HttpRequest, proposal_id: UUID) -> tuple[int, None]:
    operations.close_ballot(**_act(request, proposal_id))
    return 204, None


@router.post(
    "/proposals/{proposal_id}/certify", response=schemas.DecisionOut, summary="Certify the count"
)
def certify(request: HttpRequest, proposal_id: UUID) -> Any:
    return {"decision_id": operations.certify(**_act(request, proposal_id))}


@router.post("/proposals/{proposal_id}/withdraw", response={204: None}, summary="Take it back")
def withdraw(request: HttpRequest, proposal_id: UUID, said: schemas.WithdrawIn) -> tuple[int, None]:
    operations.withdraw(**_act(request, proposal_id), reason=said.reason)
    return 204, None
