"""The same verbs as the pages, for machines."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from coop.kernel import Money, NotFound
from coop.members.access import ref_of
from payments.charges import operations, queries
from payments.charges import schemas as s
from payments.charges.types import CardCard, ChargeCard, ChargeDetail, How, ReceiptCard

router = Router()
REFUSED = {400: s.RefusalOut, 403: s.RefusalOut, 404: s.RefusalOut, 409: s.RefusalOut}


@router.get("/", response=list[s.ChargeOut], summary="The charges I may see")
def charges(request: HttpRequest) -> list[ChargeCard]:
    return queries.charges(ref_of(request))


@router.get("/receipts", response=list[s.ReceiptOut], summary="The receipts I may see")
def receipts(request: HttpRequest) -> list[ReceiptCard]:
    return queries.receipts(ref_of(request))


@router.get("/cards", response={200: list[s.CardOut], **REFUSED}, summary="My household's cards")
def cards(request: HttpRequest) -> list[CardCard]:
    ref = ref_of(request)
    return queries.cards(ref, ref.household_id) if ref.household_id else []


@router.post("/cards", response={202: s.MadeOut, **REFUSED}, summary="Save a card")
def save_card(request: HttpRequest, said: s.CardIn) -> Status[dict[str, UUID]]:
    ref = ref_of(request)
    if ref.household_id is None:
        raise NotFound("household_unknown", "This household is not known here.")
    card_id = operations.save_card(
        by=ref, at=timezone.now(), household_id=ref.household_id, method=said.method
    )
    return Status(202, {"id": card_id})


@router.get("/{charge_id}", response={200: s.ChargeDetailOut, **REFUSED}, summary="One charge")
def charge(request: HttpRequest, charge_id: UUID) -> ChargeDetail:
    return queries.charge(ref_of(request), charge_id)


@router.post("/{charge_id}/hold", response={202: s.MadeOut, **REFUSED}, summary="Pay by card")
def hold(request: HttpRequest, charge_id: UUID, said: s.PayIn) -> Status[dict[str, UUID]]:
    operations.arrange_hold(
        by=ref_of(request), at=timezone.now(), charge_id=charge_id, saved_card_id=said.card_id
    )
    return Status(202, {"id": charge_id})


@router.post(
    "/{charge_id}/receipts", response={201: s.NumberOut, **REFUSED}, summary="Write a receipt"
)
def receive(request: HttpRequest, charge_id: UUID, said: s.ReceiptIn) -> Status[dict[str, int]]:
    ref = ref_of(request)
    seen = queries.charge(ref, charge_id).card
    number = operations.record_receipt(
        by=ref, at=timezone.now(), charge_id=charge_id, how=How(said.how),
        amount=Money(said.amount_minor, seen.amount.currency), received_on=said.received_on,
        reference=said.reference,
    )  # fmt: skip
    return Status(201, {"number": number})


@router.post("/{charge_id}/refunds", response={202: s.MadeOut, **REFUSED}, summary="Give back")
def refund(request: HttpRequest, charge_id: UUID, said: s.RefundIn) -> Status[dict[str, UUID]]:
    ref = ref_of(request)
    seen = queries.charge(ref, charge_id).card
    made = operations.refund(
        by=ref, at=timezone.now(), charge_id=charge_id, reason=said.reason,
        amount=Money(said.amount_minor, seen.amount.currency),
    )  # fmt: skip
    return Status(202, {"id": made})
