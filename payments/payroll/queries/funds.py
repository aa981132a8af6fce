"""What the funds are owed, by scheme and month, and the payments on their way."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from coop.kernel import Money, NotFound
from coop.members import queries as members
from coop.members.types import MemberRef
from payments.payroll.models import Contribution, Document, Remittance
from payments.payroll.queries.cards import document_card, remittance_card
from payments.payroll.types import (
    ContributionState,
    DocumentCard,
    FundMonth,
    RemittanceCard,
    RemittanceState,
)

KEEPERS = ("treasurer", "board", "auditor")


def remittances_visible_to(ref: MemberRef) -> QuerySet[Remittance]:
    """Payments to funds are for treasurer, board and auditor."""
    rows = Remittance.objects.filter(cooperative_id=ref.cooperative_id)
    return rows if ref.is_system or ref.has(*KEEPERS) else rows.none()


def remittances(ref: MemberRef, *, last: int = 48) -> list[RemittanceCard]:
    """The newest payments to funds, newest first."""
    return _cards(remittances_visible_to(ref).order_by("-made_at", "-id")[:last])


def remittance(ref: MemberRef, remittance_id: UUID) -> RemittanceCard:
    """Raises NotFound `remittance_unknown`."""
    cards = _cards(remittances_visible_to(ref).filter(id=remittance_id))
    if not cards:
        raise NotFound("remittance_unknown", _("There is no such payment to a fund."))
    return cards[0]


def _cards(rows: QuerySet[Remittance]) -> list[RemittanceCard]:
    found = list(
        rows.select_related("document")
        .defer("document__content")
        .annotate(workers=Count("contributions__worker_id", distinct=True))
    )
    people = members.people(
        [id_ for row in found for id_ in (row.made_by_id, row.approved_by_id) if id_]
    )
    return [
        remittance_card(
            row, row.workers, people[row.made_by_id].name,
            people[row.approved_by_id].name if row.approved_by_id else "",
        )
        for row in found
    ]  # fmt: skip


def owed_to_funds(ref: MemberRef) -> list[FundMonth]:
    """Months of schemes that wait to be paid or declared, oldest first; for the books' keepers."""
    if not (ref.is_system or ref.has(*KEEPERS)):
        return []
    both = F("worker_minor") + F("employer_minor")
    rows = (
        Contribution.objects.filter(
            cooperative_id=ref.cooperative_id, currency=ref.currency,
            state__in=[ContributionState.DEDUCTED, ContributionState.PAID],
        )
        .values("scheme", "month")
        .annotate(
            named=Max("name"),
            to_pay=Sum(
                both, filter=Q(state=ContributionState.DEDUCTED, remittance__isnull=True)
            ),
            to_file=Sum(both, filter=Q(state=ContributionState.PAID)),
            workers=Count("worker_id", distinct=True),
        )
        .order_by("month", "scheme")
    )  # fmt: skip
    on_its_way = {
        (card.scheme, card.month): card
        for card in _cards(remittances_visible_to(ref).exclude(state=RemittanceState.PAID))
    }
    return [
        FundMonth(
            row["scheme"], row["named"], row["month"],
            Money(int(row["to_pay"] or 0), ref.currency),
            Money(int(row["to_file"] or 0), ref.currency), row["workers"],
            on_its_way.get((row["scheme"], row["month"])),
        )
        for row in rows
    ]  # fmt: skip


def fund_month(ref: MemberRef, scheme: str, month: date) -> FundMonth:
    """Raises NotFound `fund_month_unknown` when nothing waits there."""
    for found in owed_to_funds(ref):
        if (found.scheme, found.month) == (scheme, month):
            return found
    raise NotFound("fund_month_unknown", _("Nothing waits for this fund and month."))


def document(ref: MemberRef, document_id: UUID) -> tuple[DocumentCard, bytes]:
    """A receipt and its bytes: for who keeps the books, and a worker whose contribution it proves.

    Raises NotFound `document_unknown`.
    """
    rows = Document.objects.filter(cooperative_id=ref.cooperative_id, id=document_id)
    row = rows.first()
    if row is not None and not (ref.is_system or ref.has(*KEEPERS)):
        mine = Contribution.objects.filter(cooperative_id=ref.cooperative_id, steps__document=row)
        if ref.worker_id is None or not mine.filter(worker_id=ref.worker_id).exists():
            row = None
    if row is None:
        raise NotFound("document_unknown", _("There is no such document."))
    return document_card(row), bytes(row.content)
