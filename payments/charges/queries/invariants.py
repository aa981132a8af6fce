"""What must hold of charges (I2, I6, I7, I8) by our own books, naming the row that breaks it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from bookings import queries as booked
from coop.audit.types import Breach, Check, broken, check
from coop.outbox import queries as outbox
from payments.charges.models import Charge, Intent, Receipt, Refund, WebhookEvent
from payments.charges.types import IntentKind, IntentState, Rail
from payments.ledger import queries as ledger

Found = Iterator[tuple[str, object]]
_ENDED = [IntentState.STORED.value, IntentState.UNSURE.value, IntentState.DONE.value]


def checks(*, cooperative_id: UUID) -> list[Check]:
    """I2 captures and entries, I6 once, I7 effects and intents, I8 lines, charges, refunds."""
    charges = Charge.objects.filter(cooperative_id=cooperative_id)
    rows = list(charges.prefetch_related("lines", "refunds"))
    taken = [row for row in rows if row.rail == Rail.CARD and row.captured_minor]
    given = Refund.objects.filter(cooperative_id=cooperative_id)
    intents = Intent.objects.filter(cooperative_id=cooperative_id)
    receipts = Receipt.objects.filter(cooperative_id=cooperative_id)
    return [
        check("I2", "card captures", len(taken), _captures(cooperative_id, taken)),
        check("I2", "refunds", given.count(), _given(cooperative_id, given)),
        check("I6", "charges of bookings", len(rows), _asked(cooperative_id, charges)),
        check("I6", "receipts", receipts.count(), _received(rows, receipts)),
        check("I7", "intents", intents.count(),
              [*_meant(rows, given, intents), *_effects_once(intents)]),
        check("I8", "charges", len(rows), _sums(cooperative_id, rows)),
    ]  # fmt: skip


def breaches(*, cooperative_id: UUID) -> list[Breach]:
    return broken(checks(cooperative_id=cooperative_id))


def checks_of_everybody() -> list[Check]:
    """I6 of the inbox, whose messages have no cooperative before they are applied."""
    events = WebhookEvent.objects.all()
    ids = list(events.values_list("provider_id", flat=True))
    found: list[tuple[str, object]] = [
        (f"a message is kept {times} times", id_)
        for id_, times in Counter(ids).items()
        if times > 1
    ]
    promised = {f"charges.webhook:{id_}": id_ for id_ in ids}
    found += [
        ("a message was acknowledged and nobody promised to act on it", promised[key])
        for key in outbox.lost(promised)
    ]
    return [check("I6", "messages of the card provider", len(ids), found)]


def _captures(cooperative_id: UUID, taken: list[Charge]) -> Found:
    """Each capture is one entry of that amount about that charge, and the reverse."""
    minor_of = {row.id: row.captured_minor for row in taken}
    entries: dict[UUID, list[int]] = {}
    for entry in ledger.entries(cooperative_id=cooperative_id, last=None, kind="capture"):
        if entry.about is None:
            yield "a capture entry is about nothing", entry.id
            continue
        minor = sum(line.amount.minor for line in entry.postings if line.amount.minor > 0)
        entries.setdefault(entry.about[1], []).append(minor)
    for id_ in minor_of.keys() | entries.keys():
        if entries.get(id_, []) != ([minor_of[id_]] if id_ in minor_of else []):
            yield "a capture and its entry differ", id_


def _given(cooperative_id: UUID, given: QuerySet[Refund]) -> Found:
    """Each refund that was done is one entry of that amount, and the reverse."""
    done: Counter[tuple[UUID, int]] = Counter(
        given.filter(state="done").values_list("charge_id", "amount_minor")
    )
    for entry in ledger.entries(cooperative_id=cooperative_id, last=None, kind="refund"):
        minor = sum(line.amount.minor for line in entry.postings if line.amount.minor > 0)
        if entry.about:
            done[entry.about[1], minor] -= 1
    for (charge_id, _minor), left in done.items():
        if left:
            yield "a refund and its entry differ", charge_id


def _asked(cooperative_id: UUID, charges: QuerySet[Charge]) -> Found:
    """An acknowledged booking has one charge, part by part."""
    parts = Counter(charges.values_list("booking_id", "part"))
    for (booking_id, part), times in parts.items():
        if times > 1:
            yield f"part {part} of a booking is charged {times} times", booking_id
    for booking_id in booked.booked_prices(cooperative_id=cooperative_id):
        if (booking_id, 1) not in parts:
            yield "a booking was acknowledged and has no charge", booking_id


def _received(rows: list[Charge], receipts: QuerySet[Receipt]) -> Found:
    """Receipts are numbered without a gap and sum to what was taken by hand."""
    numbers = list(receipts.order_by("number").values_list("number", "id"))
    for place, (number, id_) in enumerate(numbers, start=1):
        if number != place:
            yield f"receipt {number} stands where {place} should", id_
            break
    of_charge = receipts.values("charge_id").annotate(s=Sum("amount_minor"))
    summed = dict(of_charge.values_list("charge_id", "s"))
    for row in rows:
        if row.rail == Rail.MANUAL and row.captured_minor != summed.get(row.id, 0):
            yield "the receipts do not sum to what was taken", row.id


def _meant(rows: list[Charge], given: QuerySet[Refund], intents: QuerySet[Intent]) -> Found:
    """What the provider did was meant first: an intent of its kind stands before it."""
    holds = set(intents.filter(kind=IntentKind.HOLD).values_list("charge_id", flat=True))
    captures = set(intents.filter(kind=IntentKind.CAPTURE).values_list("charge_id", flat=True))
    refunds = set(intents.filter(kind=IntentKind.REFUND).values_list("refund_id", flat=True))
    for row in rows:
        if row.provider_ref and row.id not in holds:
            yield "a hold without a stored intent", row.id
        if row.rail == Rail.CARD and row.captured_minor and row.id not in captures:
            yield "a capture without a stored intent", row.id
    for id_ in given.filter(state="done").exclude(provider_ref="").values_list("id", flat=True):
        if id_ not in refunds:
            yield "a refund without a stored intent", id_


def _effects_once(intents: QuerySet[Intent]) -> Found:
    """No effect is named by two intents, and no hold has two ends."""
    done = intents.filter(state=IntentState.DONE).exclude(effect_ref="")
    for row in done.values("kind", "effect_ref").annotate(n=Count("id")).filter(n__gt=1):
        yield f"{row['n']} intents name one {row['kind']}", row["effect_ref"]
    ends = intents.filter(kind__in=[IntentKind.CAPTURE, IntentKind.RELEASE], state__in=_ENDED)
    for twice in ends.values("charge_id").annotate(n=Count("id")).filter(n__gt=1):
        yield f"a hold has {twice['n']} ends", twice["charge_id"]


def _sums(cooperative_id: UUID, rows: list[Charge]) -> Found:
    prices = booked.booked_prices(cooperative_id=cooperative_id)
    for row in rows:
        if sum(line.amount_minor for line in row.lines.all()) != row.amount_minor:
            yield "the lines do not sum to the charge", row.id
        if row.quote_id and prices.get(row.booking_id) != (
            row.quote_id, row.money(row.amount_minor),
        ):  # fmt: skip
            yield "a charge is not the price that was quoted", row.id
        done = sum(x.amount_minor for x in row.refunds.all() if x.state == "done")
        if max(row.refunded_minor, done) > row.captured_minor:
            yield "refunds are more than was captured", row.id
        if row.refunded_minor != done:
            yield "the refunds do not sum to what was given back", row.id
