"""The surplus over the API: a member her own figure, the treasurer all of them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from coop.members.access import ref_of
from payments.surplus import operations, queries, schemas

router = Router()


@router.get("/sharings", response=list[schemas.SharingOut], summary="Sharings of a surplus")
def sharings(request: HttpRequest) -> list[schemas.SharingOut]:
    return [schemas.sharing(card) for card in queries.sharings(ref_of(request))]


@router.post("/sharings", response={201: schemas.IdOut}, summary="Propose a sharing")
def propose(request: HttpRequest, said: schemas.PeriodIn) -> tuple[int, schemas.IdOut]:
    sharing_id = operations.propose_sharing(
        by=ref_of(request), at=timezone.now(), starts_on=said.starts_on, ends_on=said.ends_on
    )
    return 201, schemas.IdOut(id=sharing_id)


@router.get("/sharings/{sharing_id}", response=schemas.DetailOut, summary="A waterfall")
def sharing(request: HttpRequest, sharing_id: UUID) -> schemas.DetailOut:
    return schemas.detail(queries.sharing(ref_of(request), sharing_id))


@router.post("/sharings/{sharing_id}/withdraw", response={204: None}, summary="Take it back")
def withdraw(request: HttpRequest, sharing_id: UUID) -> tuple[int, None]:
    operations.withdraw_sharing(by=ref_of(request), at=timezone.now(), sharing_id=sharing_id)
    return 204, None
