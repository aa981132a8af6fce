from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings.models import Quote, QuoteLine, Service
from bookings.queries.prices import Ruled, card, ruling
from bookings.rules.basis import basis
from bookings.rules.pricing import price_lines, price_of
from bookings.types import PaidBy, QuoteCard, QuoteLineCard
from coop.audit import operations as audit
from coop.kernel import BadInput, NotAllowed, NotFound, RuleBroken, TimeRange, saying
from coop.law.registry import pack
from coop.law.types import Pack
from coop.members import queries as members
from coop.members.types import MemberRef

LONGEST = timedelta(hours=24)
#: So far ahead a price can be fixed; beyond it nobody knows the wage, the law or who is here.
FURTHEST = timedelta(days=365)


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
    request_id: UUID | None = None,
) -> QuoteCard:
    """Price a visit by the rules and law of its day; every thread is public and they sum to it.

    The same request again is the same price.
    """
    may_quote(by, household_id)
    asked = (address_id, service, during, paid_by)
    if (known := _kept(by, request_id)) is not None:
        return _same(card(known), asked)
    place = members.address(cooperative_id=by.cooperative_id, address_id=address_id)
    row = Service.objects.filter(
        cooperative_id=by.cooperative_id, code=service, active=True
    ).first()
    if place.household_id != household_id or row is None:
        raise NotFound("address_or_service_unknown", "This address or service is not known here.")
    if during.duration > LONGEST or during.seconds % 60:
        raise BadInput("visit_length", "A visit has whole minutes and at most 24 hours.")
    check_start(during, at)
    try:
        with transaction.atomic():
            return card(price(by=by, at=at, place=(household_id, address_id), service=row,
                              during=during, paid_by=paid_by, request_id=request_id))  # fmt: skip
    except IntegrityError as error:
        if "quote_request_once" not in str(error) or (rival := _kept(by, request_id)) is None:
            raise
        return _same(card(rival), asked)


def _same(known: QuoteCard, asked: tuple[UUID, str, TimeRange, PaidBy]) -> QuoteCard:
    if (known.address_id, known.service, known.during, known.paid_by) != asked:
        raise RuleBroken("request_used", "This request was used for something else. Ask anew.")
    return known


def _kept(by: MemberRef, request_id: UUID | None) -> Quote | None:
    """What became of the same request before."""
    if request_id is None:
        return None
    rows = Quote.objects.filter(cooperative_id=by.cooperative_id, request_id=request_id)
    row = rows.select_related("service").first()
    if row is not None:
        may_quote(by, row.household_id)
    return row


def check_start(during: TimeRange, at: datetime) -> None:
    """Raises BadInput `visit_in_the_past`, `visit_too_far`."""
    if during.start <= at:
        raise BadInput("visit_in_the_past", "A visit begins later than now. Choose a later time.")
    if during.start > at + FURTHEST:
        raise BadInput(
            "visit_too_far",
            "A visit is priced at most %(days)s days ahead. Choose an earlier day.",
            days=FURTHEST.days,
        )


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
    request_id: UUID | None = None,
    found: Ruled | None = None,
) -> Quote:
    """Store a price for a stretch of time at (household, address).

    By the rules of its day, unless those it was `found` by before are given.
    """
    on = during.start.astimezone(ZoneInfo(by.zone)).date()
    law = pack(by.country)
    found = found or ruling(cooperative_id=by.cooperative_id, on=on, paid_by=paid_by)
    made = basis(law, found.ruling, service=service.code, seconds=during.seconds, on=on)
    lines = list(price_lines(made))
    total = price_of(lines)
    quote = Quote.objects.create(
        cooperative_id=by.cooperative_id, household_id=place[0], address_id=place[1],
        service=service, during=DateTimeTZRange(during.start, during.end),
        currency=total.currency, price_minor=total.minor, wage_minor=made.wage.minor,
        paid_seconds=made.paid_seconds, travel_seconds=made.travel_seconds,
        paid_by=paid_by, terms=_terms(found, law), made_at=at,
        request_id=request_id,
    )  # fmt: skip
    QuoteLine.objects.bulk_create(_line(quote, n, line) for n, line in enumerate(lines, start=1))
    audit.record(
        by=by,
        at=at,
        sentence=saying("was quoted %(total)s for %(service)s", total=total, service=service.name),
        about=("quote", quote.id),
    )
    return quote


def _terms(found: Ruled, law: Pack) -> dict[str, str]:
    versions = {key: str(version) for key, version in found.versions.items()}
    said = {"employer": found.ruling.employer, "law": f"{law.country} {law.compiled.isoformat()}"}
    return {**versions, **said}


def _line(quote: Quote, position: int, line: QuoteLineCard) -> QuoteLine:
    return QuoteLine(
        cooperative_id=quote.cooperative_id, quote=quote, position=position, kind=line.kind,
        code=line.code, label=line.label, amount_minor=line.amount.minor, rule=line.rule.sentence,
        facts=line.rule.kept, source=line.source, policy=line.policy,
    )  # fmt: skip
