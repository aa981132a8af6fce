"""Our books held against the provider's own journal, both ways (I2, I7)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from coop.audit.types import Check, check
from coop.kernel import Money, RuleBroken
from payments.charges.gateways import Moved, Refused, Unreachable, Unsure, gateway
from payments.charges.models import Charge, Intent, Refund
from payments.charges.types import Effect, IntentKind, Rail

Found = Iterator[tuple[str, object]]
_LIVE = ["stored", "unsure"]


def provider_journal() -> list[Moved]:
    """Everything the provider did with money, as it says itself. Raises `provider_silent`."""
    try:
        return gateway().journal()
    except (Refused, Unreachable, Unsure) as error:
        raise RuleBroken(
            "provider_silent",
            "The card provider does not answer, so the books were not held against its journal.",
        ) from error


def provider_effects(*, cooperative_id: UUID) -> list[Effect]:
    """Every capture and refund our books know of at the provider, to compare with its journal."""
    taken = Charge.objects.filter(
        cooperative_id=cooperative_id, rail=Rail.CARD, captured_minor__gt=0
    )
    given = Refund.objects.filter(cooperative_id=cooperative_id, state="done").exclude(
        provider_ref=""
    )
    return [
        *(Effect("capture", x.provider_ref, x.money(x.captured_minor), x.id) for x in taken),
        *(
            Effect("refund", x.provider_ref, Money(x.amount_minor, x.currency), x.charge_id)
            for x in given
        ),
    ]


def provider_checks(*, cooperative_id: UUID, moves: Sequence[Moved]) -> list[Check]:
    """I2 and I7 of one cooperative against the journal: none without an entry, none twice."""
    charges = Charge.objects.filter(cooperative_id=cooperative_id)
    by_ref = dict(charges.exclude(provider_ref="").values_list("provider_ref", "id"))
    known = set(charges.values_list("id", flat=True))
    mine = [
        (move, of)
        for move in moves
        if (of := move.charge_id if move.charge_id in known else by_ref.get(move.payment_ref))
    ]
    effects = provider_effects(cooperative_id=cooperative_id)
    return [
        check("I2", "captures and refunds at the provider",
              sum(move.kind != "hold" for move, _ in mine), _unbooked(mine, effects)),
        check("I2", "captures and refunds in our books", len(effects), _unknown(mine, effects)),
        check("I7", "effects at the provider", len(mine), _once(cooperative_id, mine)),
    ]  # fmt: skip


def provider_checks_of_everybody(*, moves: Sequence[Moved]) -> list[Check]:
    """I7: an effect at the provider that belongs to no charge of this installation."""
    known = set(Charge.objects.values_list("id", flat=True))
    refs = set(Charge.objects.values_list("provider_ref", flat=True))
    found = [
        (f"the provider made a {move.kind} of {move.amount} for no charge of ours", move.ref)
        for move in moves
        if move.charge_id not in known and move.payment_ref not in refs
    ]
    return [check("I7", "effects at the provider", len(moves), found)]


def _unbooked(mine: list[tuple[Moved, UUID]], effects: list[Effect]) -> Found:
    """What they did and we did not write; what is being asked just now may still come."""
    ours = {(effect.kind, effect.ref): effect.amount for effect in effects}
    asked = set(
        Intent.objects.filter(
            charge_id__in=[charge_id for _, charge_id in mine], state__in=_LIVE
        ).values_list("kind", "charge_id")
    )
    for move, charge_id in mine:
        if move.kind == "hold" or (move.kind, charge_id) in asked:
            continue
        booked = ours.get((move.kind, move.ref))
        if booked is None:
            yield f"the provider made a {move.kind} of {move.amount} we have not written", charge_id
        elif booked != move.amount:
            words = f"a {move.kind} is {move.amount} there and {booked} here"
            yield words, charge_id


def _unknown(mine: list[tuple[Moved, UUID]], effects: list[Effect]) -> Found:
    """What we wrote and they never did."""
    theirs = Counter((move.kind, move.ref) for move, _ in mine)
    for effect in effects:
        times = theirs[effect.kind, effect.ref]
        if times != 1:
            words = f"a {effect.kind} of {effect.amount} stands {times} times in their journal"
            yield words, effect.charge_id


def _once(cooperative_id: UUID, mine: list[tuple[Moved, UUID]]) -> Found:
    """One capture a charge, and one effect an intent that was stored."""
    captures = Counter(charge_id for move, charge_id in mine if move.kind == "capture")
    for charge_id, times in captures.items():
        if times > 1:
            yield f"the provider captured {times} times for one charge", charge_id
    kept = dict(Intent.objects.filter(cooperative_id=cooperative_id).values_list("id", "kind"))
    effects: dict[UUID, list[Moved]] = defaultdict(list)
    for move, charge_id in mine:
        if move.kind == "capture":
            continue  # named by its payment, which carries the hold's intent
        wanted = IntentKind.HOLD if move.kind == "hold" else IntentKind.REFUND
        if move.intent_id is None or kept.get(move.intent_id) != wanted:
            yield f"the provider made a {move.kind} that nobody meant", charge_id
        else:
            effects[move.intent_id].append(move)
    for intent_id, moves in effects.items():
        if len(moves) > 1:
            yield f"one intent has {len(moves)} effects at the provider", intent_id
