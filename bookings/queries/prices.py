"""Services and prices."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from bookings.models import Booking, Quote, Service
from bookings.policies import LIVING_WAGE_FLOOR
from bookings.queries.seeing import quotes_visible_to
from bookings.types import LineKind, PaidBy, QuoteCard, QuoteLineCard, ServiceCard
from coop.kernel import Money, NotFound, TimeRange
from coop.members.types import MemberRef
from governance.queries import policy_in_force


def services(*, by: MemberRef, on: date) -> list[ServiceCard]:
    """What can be booked, with the hour's wage of the day, by name."""
    floor = policy_in_force(LIVING_WAGE_FLOOR, cooperative_id=by.cooperative_id, on=on).value
    rows = Service.objects.filter(cooperative_id=by.cooperative_id, active=True)
    return [
        ServiceCard(row.code, row.name, row.skill_code, floor.of(row.code))
        for row in rows.order_by("name", "code")
    ]


def quote(*, by: MemberRef, quote_id: UUID) -> QuoteCard:
    """Raises NotFound `quote_unknown`."""
    return _one(quotes_visible_to(by) & Q(id=quote_id))


def quote_by_id(*, cooperative_id: UUID, quote_id: UUID) -> QuoteCard:
    """For what follows from a price, such as its charge; asks only for the cooperative."""
    return _one(Q(cooperative_id=cooperative_id, id=quote_id))


def _one(where: Q) -> QuoteCard:
    row = Quote.objects.filter(where).select_related("service").first()
    if row is None:
        raise NotFound("quote_unknown", "This price is not known here.")
    return card(row)


def card(row: Quote) -> QuoteCard:
    lines = tuple(
        QuoteLineCard(
            LineKind(line.kind), line.code, line.label, Money(line.amount_minor, row.currency),
            line.rule, line.source, line.policy,
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
