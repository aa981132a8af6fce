"""Services and prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from bookings.models import Booking, Quote, Service
from bookings.policies import (
    CARD_COST,
    COOPERATIVE_SHARE,
    LIVING_WAGE_FLOOR,
    MINIMUM_VISIT,
    TRAVEL_PAY,
)  # fmt: skip
from bookings.queries.seeing import quotes_visible_to
from bookings.rules.basis import Ruling, basis
from bookings.rules.pricing import price_lines
from bookings.types import LineKind, PaidBy, QuoteCard, QuoteLineCard, ServiceCard
from coop.kernel import Money, NotFound, TimeRange, again
from coop.law.registry import pack
from coop.members import queries as members
from coop.members.types import MemberRef
from governance.queries import policy_in_force, policy_versions
from governance.registry import PolicyKey
from governance.types import PolicyInForce


@dataclass(frozen=True, slots=True)
class Ruled:
    """The members' rules of a day for a price, and the version of each."""

    ruling: Ruling
    versions: dict[str, UUID]


def ruling(*, cooperative_id: UUID, on: date, paid_by: PaidBy) -> Ruled:
    """The rules in force on the day of a visit; the card's cost only where a card pays."""
    used = [policy_in_force(key, cooperative_id=cooperative_id, on=on) for key in _keys(paid_by)]
    employer = members.cooperative(cooperative_id).employer_of_record
    return Ruled(_ruling(used, employer), {policy.key: policy.version_id for policy in used})


def replay(*, cooperative_id: UUID, quote_id: UUID) -> tuple[QuoteLineCard, ...]:
    """The lines of a kept price computed again from the versions it names: the same cents.

    Raises NotFound `quote_unknown`.
    """
    row = _row(Q(cooperative_id=cooperative_id, id=quote_id))
    place = members.cooperative(cooperative_id)
    day = row.during.lower.astimezone(ZoneInfo(place.zone)).date()
    seconds = TimeRange(row.during.lower, row.during.upper).seconds
    made = basis(
        pack(place.country), ruled_as(row).ruling, service=row.service.code, seconds=seconds, on=day
    )
    return price_lines(made)


def ruled_as(row: Quote) -> Ruled:
    """The rules a kept price was made from, to make it again or to price another time by them."""
    names = [key.name for key in _keys(PaidBy(row.paid_by))]
    ids = {name: UUID(row.terms[name]) for name in names}
    found = policy_versions(set(ids.values()), cooperative_id=row.cooperative_id)
    employer = row.terms.get("employer", "household")
    return Ruled(_ruling([found[ids[name]] for name in names], employer), ids)


def _keys(paid_by: PaidBy) -> tuple[PolicyKey[Any], ...]:
    keys: tuple[PolicyKey[Any], ...]
    keys = (LIVING_WAGE_FLOOR, MINIMUM_VISIT, COOPERATIVE_SHARE, TRAVEL_PAY)
    return (*keys, CARD_COST) if paid_by is PaidBy.CARD else keys


def _ruling(used: Sequence[PolicyInForce[Any]], employer: str) -> Ruling:
    floor, least, share, travel, *card = (policy.value for policy in used)
    return Ruling(floor, least, share, travel, card[0] if card else None, employer)


def services(*, by: MemberRef, on: date) -> list[ServiceCard]:
    """What can be booked, with the hour's wage of the day, by name."""
    floor = policy_in_force(LIVING_WAGE_FLOOR, cooperative_id=by.cooperative_id, on=on).value
    rows = Service.objects.filter(cooperative_id=by.cooperative_id, active=True)
    return [
        ServiceCard(row.code, _(row.name), row.skill_code, floor.of(row.code))
        for row in rows.order_by("name", "code")
    ]


def quote(*, by: MemberRef, quote_id: UUID) -> QuoteCard:
    """Raises NotFound `quote_unknown`."""
    return _one(quotes_visible_to(by) & Q(id=quote_id))


def quote_by_id(*, cooperative_id: UUID, quote_id: UUID) -> QuoteCard:
    """For what follows from a price, such as its charge; asks only for the cooperative."""
    return _one(Q(cooperative_id=cooperative_id, id=quote_id))


def _one(where: Q) -> QuoteCard:
    return card(_row(where))


def _row(where: Q) -> Quote:
    row = Quote.objects.filter(where).select_related("service").first()
    if row is None:
        raise NotFound("quote_unknown", "This price is not known here.")
    return row


def card(row: Quote) -> QuoteCard:
    lines = tuple(
        QuoteLineCard(
            LineKind(line.kind), line.code, line.label, Money(line.amount_minor, row.currency),
            again(line.rule, line.facts), line.source, line.policy,
        )
        for line in row.lines.order_by("position")
    )  # fmt: skip
    return QuoteCard(
        row.id, row.household_id, row.address_id, row.service.code,
        TimeRange(row.during.lower, row.during.upper), Money(row.price_minor, row.currency),
        Money(row.wage_minor, row.currency), row.paid_seconds, row.travel_seconds, lines,
        row.terms, PaidBy(row.paid_by), row.made_at,
    )  # fmt: skip


def pay_of(row: Quote) -> Money:
    """What the worker earns: the wage and travel lines."""
    minor = sum(
        line.amount_minor
        for line in row.lines.all()
        if line.kind in {LineKind.WAGE.value, LineKind.TRAVEL.value}
    )
    return Money(minor, row.currency)


def booked_prices(*, cooperative_id: UUID) -> dict[UUID, tuple[UUID, Money]]:
    """By booking: its quote and the price that was agreed; one query."""
    rows = Booking.objects.filter(cooperative_id=cooperative_id).values_list(
        "id", "quote_id", "quote__price_minor", "quote__currency"
    )
    return {id_: (quote_id, Money(minor, currency)) for id_, quote_id, minor, currency in rows}
