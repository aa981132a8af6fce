"""Reading charges. Values cross the door, never rows."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from coop.audit.types import Breach
from coop.kernel import Money, NotFound
from coop.members.types import MemberRef
from payments.charges.models import Charge, Intent, Receipt, Refund, SavedCard
from payments.charges.types import (
    CardCard,
    CardState,
    ChargeCard,
    ChargeDetail,
    ChargeState,
    Effect,
    How,
    NewLine,
    Rail,
    ReceiptCard,
    RefundCard,
)
from payments.ledger import queries as ledger

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
    rows = Charge.objects.filter(visible_to(ref))
    if states is not None:
        rows = rows.filter(state__in=list(states))
    return [_card(row) for row in rows.order_by("-opened_at", "id")[:most]]


def charge(ref: MemberRef, charge_id: UUID) -> ChargeDetail:
    """One charge with its lines, receipts and refunds. Raises NotFound `charge_unknown`."""
    row = Charge.objects.filter(visible_to(ref), id=charge_id).first()
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
    return [_card(row) for row in rows.order_by("part")]


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


def provider_effects(*, cooperative_id: UUID) -> list[Effect]:
    """Every capture and refund our books know of at the provider, to compare with its journal."""
    taken = Charge.objects.filter(
        cooperative_id=cooperative_id, rail=Rail.CARD, captured_minor__gt=0
    )
    given = Refund.objects.filter(cooperative_id=cooperative_id, state="done").exclude(
        provider_ref=""
    )
    return [
        *(Effect("capture", x.provider_ref, x.money(x.captured_minor)) for x in taken),
        *(Effect("refund", x.provider_ref, Money(x.amount_minor, x.currency)) for x in given),
    ]


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
        fee=row.money(row.fee_minor),
        failure=row.failure,
        opened_at=row.opened_at,
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


def breaches(*, cooperative_id: UUID) -> list[Breach]:
    """I2 captures and their entries, I7 effects and their intents, I8 lines, charges, refunds."""
    rows = list(Charge.objects.filter(cooperative_id=cooperative_id).prefetch_related("lines"))
    return [*_captures(cooperative_id, rows), *_intents(cooperative_id, rows), *_sums(rows)]


def _captures(cooperative_id: UUID, rows: list[Charge]) -> list[Breach]:
    """Each capture at the provider is one entry of that amount, and the reverse."""
    taken = {row.id: row.captured_minor for row in rows if row.rail == Rail.CARD}
    booked: dict[UUID, list[int]] = {}
    for entry in ledger.entries(cooperative_id=cooperative_id, last=None, kind="capture"):
        if entry.about:
            minor = sum(line.amount.minor for line in entry.postings if line.amount.minor > 0)
            booked.setdefault(entry.about[1], []).append(minor)
    wrong = [
        id_
        for id_ in taken.keys() | booked.keys()
        if booked.get(id_, []) != ([taken[id_]] if taken.get(id_) else [])
    ]
    return [Breach("I2", "a capture and its entry differ", str(id_)) for id_ in wrong]


def _intents(cooperative_id: UUID, rows: list[Charge]) -> list[Breach]:
    """What the provider did for a charge was meant first: an intent to capture stands before it."""
    kinds = Intent.objects.filter(cooperative_id=cooperative_id)
    meant = set(kinds.filter(kind="capture").values_list("charge_id", flat=True))
    given = set(kinds.filter(kind="refund").values_list("refund_id", flat=True))
    unmeant = [r for r in rows if r.rail == Rail.CARD and r.captured_minor and r.id not in meant]
    refunds = Refund.objects.filter(cooperative_id=cooperative_id, state="done")
    strays = [r for r in refunds.exclude(provider_ref="") if r.id not in given]
    return [
        *(Breach("I7", "a capture without a stored intent", str(row.id)) for row in unmeant),
        *(Breach("I7", "a refund without a stored intent", str(row.id)) for row in strays),
    ]


def _sums(rows: list[Charge]) -> list[Breach]:
    found = []
    for row in rows:
        if sum(line.amount_minor for line in row.lines.all()) != row.amount_minor:
            found.append(Breach("I8", "the lines do not sum to the charge", str(row.id)))
        done = row.refunds.filter(state="done").aggregate(s=Sum("amount_minor"))["s"] or 0
        if row.refunded_minor > row.captured_minor or done > row.captured_minor:
            found.append(Breach("I8", "refunds are more than was captured", str(row.id)))
    return found
