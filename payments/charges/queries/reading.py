"""Reading charges. Values cross the door, never rows."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from coop.kernel import Money, NotFound
from coop.members.types import MemberRef
from payments.charges.models import Charge, Intent, Receipt, Refund, SavedCard
from payments.charges.types import (
    CardCard,
    CardState,
    ChargeCard,
    ChargeDetail,
    ChargeState,
    How,
    IntentKind,
    IntentState,
    NewLine,
    Rail,
    ReceiptCard,
    RefundCard,
)

#: Offices that see the charges of everybody; auditors look and do not touch.
READERS = ("coordinator", "treasurer", "board", "auditor")
KEEPERS = ("coordinator", "treasurer")


def visible_to(ref: MemberRef) -> Q:
    """The one filter of lists and details: the whole cooperative's, or one's own household's."""
    own = Q(cooperative_id=ref.cooperative_id)
    if ref.is_system or ref.has(*READERS):
        return own
    return own & Q(household_id=ref.household_id) if ref.household_id else Q(pk__in=[])


def may_keep(ref: MemberRef) -> bool:
    """Receipts and refunds are written by those who answer for the books."""
    return ref.is_system or ref.has(*KEEPERS)


def may_steer(ref: MemberRef) -> Q:
    """Whose card is held or released: one's own household's, or by the desk."""
    return visible_to(ref) if not _only_reads(ref) else Q(pk__in=[])


def _only_reads(ref: MemberRef) -> bool:
    return not (ref.is_system or ref.has(*KEEPERS) or ref.household_id)


def charges(
    ref: MemberRef, *, states: Collection[ChargeState] | None = None, most: int = 200
) -> list[ChargeCard]:
    """The charges one may see, newest first."""
    rows = Charge.objects.filter(visible_to(ref)).select_related("saved_card")
    if states is not None:
        rows = rows.filter(state__in=list(states))
    return [_card(row) for row in rows.order_by("-opened_at", "id")[:most]]


def charge(ref: MemberRef, charge_id: UUID) -> ChargeDetail:
    """One charge with its lines, receipts and refunds. Raises NotFound `charge_unknown`."""
    rows = Charge.objects.filter(visible_to(ref), id=charge_id).select_related("saved_card")
    row = rows.first()
    if row is None:
        raise NotFound("charge_unknown", _("There is no such charge."))
    return ChargeDetail(
        _card(row),
        tuple(NewLine(x.code, x.label, row.money(x.amount_minor)) for x in row.lines.all()),
        tuple(_receipt(x, row) for x in row.receipts.order_by("number")),
        tuple(_refund(x) for x in row.refunds.order_by("asked_at")),
    )


def charges_of_booking(*, cooperative_id: UUID, booking_id: UUID) -> list[ChargeCard]:
    """What a booking is charged: its price, and a further part when it took longer."""
    rows = Charge.objects.filter(cooperative_id=cooperative_id, booking_id=booking_id)
    return [_card(row) for row in rows.select_related("saved_card").order_by("part")]


def cards(ref: MemberRef, household_id: UUID) -> list[CardCard]:
    """A household's cards that were not removed, the newest first."""
    rows = SavedCard.objects.filter(visible_to(ref), household_id=household_id)
    return [
        CardCard(x.id, x.household_id, CardState(x.state), x.brand, x.last4, x.refusal)
        for x in rows.exclude(state=CardState.REMOVED).order_by("-asked_at", "id")
    ]


def active_card(*, cooperative_id: UUID, household_id: UUID) -> UUID | None:
    """The household's newest usable card."""
    return (
        SavedCard.objects.filter(
            cooperative_id=cooperative_id, household_id=household_id, state=CardState.ACTIVE
        )
        .order_by("-settled_at")
        .values_list("id", flat=True)
        .first()
    )


def receipts(ref: MemberRef, *, most: int = 200) -> list[ReceiptCard]:
    """Receipts one may see, the latest number first."""
    rows = Receipt.objects.filter(charge__in=Charge.objects.filter(visible_to(ref)))
    return [_receipt(x, x.charge) for x in rows.select_related("charge").order_by("-number")[:most]]


def waiting_for_card(*, cooperative_id: UUID, household_id: UUID) -> list[ChargeCard]:
    """A household's card charges that hold nothing and ask no card at this moment."""
    asked = Intent.objects.filter(
        charge=OuterRef("pk"), kind=IntentKind.HOLD,
        state__in=[IntentState.STORED, IntentState.UNSURE],
    )  # fmt: skip
    rows = Charge.objects.filter(
        ~Exists(asked), cooperative_id=cooperative_id, household_id=household_id, rail=Rail.CARD,
        state__in=[ChargeState.DRAFT, ChargeState.FAILED], captured_minor=0,
    ).select_related("saved_card")  # fmt: skip
    return [_card(row) for row in rows.order_by("opened_at", "id")]


def _card(row: Charge) -> ChargeCard:
    return ChargeCard(
        id=row.id,
        booking_id=row.booking_id,
        part=row.part,
        household_id=row.household_id,
        rail=Rail(row.rail),
        state=ChargeState(row.state),
        amount=row.money(row.amount_minor),
        due=None if row.due_minor is None else row.money(row.due_minor),
        held=row.money(row.held_minor),
        captured=row.money(row.captured_minor),
        refunded=row.money(row.refunded_minor),
        owed_back=row.money(row.overpaid_minor),
        fee=row.money(row.fee_minor),
        failure=row.failure,
        opened_at=row.opened_at,
        hold_from=row.hold_from,
        card_stands=row.saved_card is not None and row.saved_card.state == CardState.ACTIVE,
        version=row.version,
    )


def _receipt(row: Receipt, of: Charge) -> ReceiptCard:
    return ReceiptCard(
        row.id, row.number, of.id, of.household_id, Money(row.amount_minor, row.currency),
        How(row.how), row.reference, row.received_on,
    )  # fmt: skip


def _refund(row: Refund) -> RefundCard:
    return RefundCard(
        row.id, Money(row.amount_minor, row.currency), row.reason, row.borne_by,
        row.state == "done", row.asked_at,
    )  # fmt: skip
