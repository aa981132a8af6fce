from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings.models import Quote, QuoteLine, Service
from bookings.policies import COOPERATIVE_SHARE, LIVING_WAGE_FLOOR, MINIMUM_VISIT, TRAVEL_PAY
from bookings.queries.prices import card
from bookings.rules.accruals import accruals, transport_line
from bookings.rules.pricing import Basis, CardCost, price_lines, price_of
from bookings.types import PaidBy, QuoteCard, QuoteLineCard
from coop.audit import operations as audit
from coop.kernel import BadInput, Money, NotAllowed, NotFound, TimeRange
from coop.law.registry import pack
from coop.members import queries as members
from coop.members.types import MemberRef
from governance.queries import policy_in_force

LONGEST = timedelta(hours=24)
#: What a card payment costs, by currency: a share of the price and a fixed sum in minor units.
CARD_COSTS = {"ZAR": ("0.029", 100), "COP": ("0.0265", 70_000)}
USUAL_CARD_COST = ("0.029", 0)


@transaction.atomic
def make_quote(
    *,
    by: MemberRef,
    at: datetime,
    household_id: UUID,
    address_id: UUID,
    service: str,
    during: TimeRange,
    paid_by: PaidBy = PaidBy.CARD,
) -> QuoteCard:
    """Price a visit by the rules and law of its day; every thread is public and they sum to it."""
    may_quote(by, household_id)
    place = members.address(cooperative_id=by.cooperative_id, address_id=address_id)
    row = Service.objects.filter(
        cooperative_id=by.cooperative_id, code=service, active=True
    ).first()
    if place.household_id != household_id or row is None:
        raise NotFound("address_or_service_unknown", "This address or service is not known here.")
    if during.duration > LONGEST or during.seconds % 60:
        raise BadInput("visit_length", "A visit has whole minutes and at most 24 hours.")
    return card(price(by=by, at=at, place=(household_id, address_id), service=row,
                      during=during, paid_by=paid_by))  # fmt: skip


def may_quote(by: MemberRef, household_id: UUID) -> None:
    if by.is_system or by.has("coordinator") or by.household_id == household_id:
        return
    if by.household_id is None and not by.offices:
        raise NotAllowed("household_only", "Only a household or the coordinator can book.")
    raise NotFound("household_unknown", "This household is not known here.")


def price(
    *,
    by: MemberRef,
    at: datetime,
    place: tuple[UUID, UUID],
    service: Service,
    during: TimeRange,
    paid_by: PaidBy,
) -> Quote:
    """Store a price for a stretch of time at (household, address)."""
    on = during.start.astimezone(ZoneInfo(by.zone)).date()
    basis, terms = _basis(by, on, service.code, during, paid_by)
    lines = list(price_lines(basis))
    total = price_of(lines)
    quote = Quote.objects.create(
        cooperative_id=by.cooperative_id, household_id=place[0], address_id=place[1],
        service=service, during=DateTimeTZRange(during.start, during.end),
        currency=total.currency, price_minor=total.minor, wage_minor=basis.wage.minor,
        paid_seconds=basis.paid_seconds, travel_seconds=basis.travel_seconds,
        paid_by=paid_by, terms=terms, made_at=at,
    )  # fmt: skip
    QuoteLine.objects.bulk_create(_line(quote, n, line) for n, line in enumerate(lines, start=1))
    audit.record(
        by=by, at=at, sentence=f"was quoted {total} for {service.name}", about=("quote", quote.id)
    )
    return quote


def _basis(
    by: MemberRef, on: date, service: str, during: TimeRange, paid_by: PaidBy
) -> tuple[Basis, dict[str, str]]:
    law = pack(by.country)
    here = by.cooperative_id
    floor = policy_in_force(LIVING_WAGE_FLOOR, cooperative_id=here, on=on)
    least = policy_in_force(MINIMUM_VISIT, cooperative_id=here, on=on)
    share = policy_in_force(COOPERATIVE_SHARE, cooperative_id=here, on=on)
    travel = policy_in_force(TRAVEL_PAY, cooperative_id=here, on=on)
    # Where the law of that day asks more than the members voted, these values are the law's.
    wage = floor.value.of(service)
    basis = Basis(
        wage=wage,
        floor=wage,
        visit_seconds=during.seconds,
        minimum_seconds=int(least.value * 3600),
        travel_seconds=travel.value * 60,
        accruals=accruals(law, wage=wage, on=on),
        fixed=transport_line(law, wage=wage, on=on),
        share=share.value,
        step=int(law.money_step * law.scale),
        card=_card_cost(wage.currency) if paid_by is PaidBy.CARD else None,
        tax_reason="No tax on care and domestic work is known for this place; none is charged.",
    )
    used = (floor, least, share, travel)
    terms = {policy.key: str(policy.version_id) for policy in used}
    return basis, {**terms, "law": f"{law.country} {law.compiled.isoformat()}"}


def _card_cost(currency: str) -> CardCost:
    rate, fixed = CARD_COSTS.get(currency, USUAL_CARD_COST)
    return CardCost(Fraction(rate), Money(fixed, currency))


def _line(quote: Quote, position: int, line: QuoteLineCard) -> QuoteLine:
    return QuoteLine(
        cooperative_id=quote.cooperative_id, quote=quote, position=position, kind=line.kind,
        code=line.code, label=line.label, amount_minor=line.amount.minor, rule=line.rule,
        source=line.source, policy=line.policy,
    )  # fmt: skip
