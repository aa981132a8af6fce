"""Our books held against the provider's own journal, both ways (I2, I7)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from coop.audit.types import Check, check
from coop.kernel import Money, RuleBroken
from payments.charges.gateways import Moved, Refused, Unreachable, Unsure, gateway
from payments.charges.models import Charge, Intent, Refund
from payments.charges.types import Effect, IntentKind, Rail

Found = Iterator[tuple[str, object]]
_LIVE = ["stored", "unsure"]


def provider_journal(*, since: datetime | None = None) -> list[Moved]:
    """What the provider did with money since then, as it says itself. Raises `provider_silent`."""
    try:
        return list(gateway().journal(since=since))
    except (Unreachable, Unsure, Refused) as error:
        raise _silent() from error


def provider_effects(*, cooperative_id: UUID, since: datetime | None = None) -> list[Effect]:
    """Every capture and refund our books wrote since then, to compare with its journal."""
    taken, given = _written(cooperative_id)
    if since is not None:
        taken = taken.filter(Q(captured_at__gte=since) | Q(captured_at=None))
        given = given.filter(Q(done_at__gte=since) | Q(done_at=None))
    return _effects(taken, given)


def provider_checks(
    *, cooperative_id: UUID, moves: Sequence[Moved], since: datetime | None = None
) -> list[Check]:
    """I2 and I7 of one cooperative against the journal: none without an entry, none twice.

    With `since` the journal holds what they did from then on: each line of it is sought in all our
    books, and what our books wrote from then on is asked for by its id where the journal lacks it.
    """
    charges = Charge.objects.filter(cooperative_id=cooperative_id)
    refs = {move.payment_ref for move in moves}
    named = {move.charge_id for move in moves if move.charge_id}
    by_ref = dict(charges.filter(provider_ref__in=refs).values_list("provider_ref", "id"))
    known = set(charges.filter(id__in=named).values_list("id", flat=True))
    mine = [
        (move, of)
        for move in moves
        if (of := move.charge_id if move.charge_id in known else by_ref.get(move.payment_ref))
    ]
    effects = provider_effects(cooperative_id=cooperative_id, since=since)
    return [
        check("I2", "captures and refunds at the provider",
              sum(move.kind != "hold" for move, _ in mine), _unbooked(cooperative_id, mine)),
        check("I2", "captures and refunds in our books", len(effects),
              _unknown(mine, effects, asks=since is not None)),
        check("I7", "effects at the provider", len(mine), _once(cooperative_id, mine)),
    ]  # fmt: skip


def provider_checks_of_everybody(*, moves: Sequence[Moved]) -> list[Check]:
    """I7: an effect at the provider that belongs to no charge of this installation."""
    named = {move.charge_id for move in moves if move.charge_id}
    known = set(Charge.objects.filter(id__in=named).values_list("id", flat=True))
    theirs = {move.payment_ref for move in moves}
    refs = set(
        Charge.objects.filter(provider_ref__in=theirs).values_list("provider_ref", flat=True)
    )
    found = [
        (f"the provider made a {move.kind} of {move.amount} for no charge of ours", move.ref)
        for move in moves
        if move.charge_id not in known and move.payment_ref not in refs
    ]
    return [check("I7", "effects at the provider", len(moves), found)]


def _silent() -> RuleBroken:
    return RuleBroken(
        "provider_silent",
        "The card provider does not answer, so the books were not held against its journal.",
    )


def _written(cooperative_id: UUID) -> tuple[QuerySet[Charge], QuerySet[Refund]]:
    taken = Charge.objects.filter(
        cooperative_id=cooperative_id, rail=Rail.CARD, captured_minor__gt=0
    )
    given = Refund.objects.filter(cooperative_id=cooperative_id, state="done")
    return taken, given.exclude(provider_ref="")


def _effects(taken: QuerySet[Charge], given: QuerySet[Refund]) -> list[Effect]:
    return [
        *(Effect("capture", x.provider_ref, x.money(x.captured_minor), x.id) for x in taken),
        *(
            Effect("refund", x.provider_ref, Money(x.amount_minor, x.currency), x.charge_id)
            for x in given
        ),
    ]


def _unbooked(cooperative_id: UUID, mine: list[tuple[Moved, UUID]]) -> Found:
    """What they did and we did not write; what is being asked just now may still come."""
    refs = {move.ref for move, _ in mine}
    taken, given = _written(cooperative_id)
    known = _effects(taken.filter(provider_ref__in=refs), given.filter(provider_ref__in=refs))
    ours = {(effect.kind, effect.ref): effect.amount for effect in known}
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


def _unknown(mine: list[tuple[Moved, UUID]], effects: list[Effect], *, asks: bool) -> Found:
    """What we wrote and they never did. `asks`: they may have done it before the journal begins."""
    theirs = Counter((move.kind, move.ref) for move, _ in mine)
    for effect in effects:
        times = theirs[effect.kind, effect.ref]
        older = _asked_for(effect) if asks and not times else None
        if older is not None and older.amount != effect.amount:
            words = f"a {effect.kind} is {older.amount} there and {effect.amount} here"
            yield words, effect.charge_id
        elif older is None and times != 1:
            words = f"a {effect.kind} of {effect.amount} stands {times} times in their journal"
            yield words, effect.charge_id


def _asked_for(effect: Effect) -> Moved | None:
    try:
        return gateway().look_up_move(kind=effect.kind, ref=effect.ref)
    except Refused:
        return None
    except (Unreachable, Unsure) as error:
        raise _silent() from error


def _once(cooperative_id: UUID, mine: list[tuple[Moved, UUID]]) -> Found:
    """One capture a charge, and one effect an intent that was stored."""
    captures = Counter(charge_id for move, charge_id in mine if move.kind == "capture")
    for charge_id, times in captures.items():
        if times > 1:
            yield f"the provider captured {times} times for one charge", charge_id
    meant = [move.intent_id for move, _ in mine if move.intent_id]
    stored = Intent.objects.filter(cooperative_id=cooperative_id, id__in=meant)
    kept = {id_: (kind, ref) for id_, kind, ref in stored.values_list("id", "kind", "effect_ref")}
    effects: dict[UUID, list[Moved]] = defaultdict(list)
    for move, charge_id in mine:
        if move.kind == "capture":
            continue  # named by its payment, which carries the hold's intent
        wanted = IntentKind.HOLD if move.kind == "hold" else IntentKind.REFUND
        if move.intent_id is None or kept.get(move.intent_id, ("", ""))[0] != wanted:
            yield f"the provider made a {move.kind} that nobody meant", charge_id
        else:
            effects[move.intent_id].append(move)
    for intent_id, moves in effects.items():
        refs = {move.ref for move in moves} | ({kept[intent_id][1]} - {""})
        if max(len(refs), len(moves)) > 1:
            yield f"one intent has {max(len(refs), len(moves))} effects at the provider", intent_id
