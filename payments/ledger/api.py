"""The books over the API: to look at, not to touch; entries are caused by what happens."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from coop.kernel import NotFound
from coop.members.access import ref_of, stands
from coop.members.types import MemberRef
from payments.ledger import queries, schemas

router = Router()
READERS = ("treasurer", "auditor", "board")


def _reader(request: HttpRequest) -> MemberRef:
    ref = ref_of(request)
    if not stands(ref, *READERS):
        raise NotFound("page_unknown", "There is no such page.")
    return ref


@router.get("/balances", response=list[schemas.BalanceOut], summary="All accounts that moved")
def balances(request: HttpRequest) -> list[schemas.BalanceOut]:
    ref = _reader(request)
    trial = queries.trial_balance(cooperative_id=ref.cooperative_id)
    return [schemas.balance(line) for line in trial.lines]


@router.get("/accounts/{account_id}", response=schemas.StatementOut, summary="One account")
def account(request: HttpRequest, account_id: UUID) -> schemas.StatementOut:
    ref = _reader(request)
    found = queries.statement(cooperative_id=ref.cooperative_id, account_id=account_id)
    return schemas.statement(found)


@router.get("/entries", response=list[schemas.EntryOut], summary="The newest entries")
def entries(request: HttpRequest) -> list[schemas.EntryOut]:
    ref = _reader(request)
    return [schemas.entry(e) for e in queries.entries(cooperative_id=ref.cooperative_id)]


@router.get("/entries/{entry_id}", response=schemas.EntryOut, summary="One entry")
def entry(request: HttpRequest, entry_id: UUID) -> schemas.EntryOut:
    ref = _reader(request)
    return schemas.entry(queries.entry(cooperative_id=ref.cooperative_id, entry_id=entry_id))
