"""Messages over the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from coop.kernel import NotFound
from coop.members.access import ref_of, stands
from coop.notices import operations, queries
from coop.notices.schemas import NoticeCountsOut, NoticeOut

router = Router()


@router.get("/inbox", response=list[NoticeOut], summary="My messages")
def inbox(request: HttpRequest) -> list[Any]:
    return list(queries.inbox(ref_of(request)))


@router.post("/inbox/read", response={204: None}, summary="I have read them")
def read(request: HttpRequest) -> tuple[int, None]:
    operations.read_inbox(by=ref_of(request), at=timezone.now())
    return 204, None


@router.get("/counts", response=NoticeCountsOut, summary="Due, sent and delivered")
def counts(request: HttpRequest) -> Any:
    ref = ref_of(request)
    if not stands(ref, "coordinator", "board", "auditor"):
        raise NotFound("page_unknown", "There is no such page.")
    return queries.counts(ref, at=timezone.now())
