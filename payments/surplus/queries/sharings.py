"""A member sees the waterfall and her own part; treasurer, board and auditor see every part."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from coop.kernel import Money, NotFound, Said, again, written
from coop.members.types import MemberRef
from payments.ledger.types import AccountCode
from payments.surplus.models import Share, Sharing
from payments.surplus.queries.year import instants, results
from payments.surplus.types import (
    AllotmentLine,
    ShareLine,
    SharingCard,
    SharingDetail,
    SharingState,
)

#: What prices set aside for funds, and what was owed to them.
_FUNDS = (AccountCode.INCOME_CONTRIBUTIONS, AccountCode.EMPLOYER_CONTRIBUTION_EXPENSE)


def visible_to(ref: MemberRef) -> QuerySet[Sharing]:
    """Members and officers of the cooperative; nobody else."""
    rows = Sharing.objects.filter(cooperative_id=ref.cooperative_id)
    inside = ref.is_system or ref.membership_id or ref.has("treasurer", "board", "auditor")
    return rows if inside else rows.none()


def sharings(ref: MemberRef) -> list[SharingCard]:
    """Newest first."""
    return [_card(row) for row in visible_to(ref).order_by("-proposed_at", "-id")]


def sharing(ref: MemberRef, sharing_id: UUID) -> SharingDetail:
    """Raises NotFound `sharing_unknown`."""
    row = visible_to(ref).filter(id=sharing_id).first()
    if row is None:
        raise NotFound("sharing_unknown", _("There is no such sharing of a surplus."))
    everybody = ref.is_system or ref.has("treasurer", "board", "auditor")
    found = row.shares.order_by("number")
    if not everybody:
        mine_only = ref.membership_id
        found = found.filter(membership_id=mine_only) if mine_only else found.none()
    shares = tuple(_share(share, row.currency) for share in found)
    allotments = tuple(
        AllotmentLine(
            a.fund, a.name, Money(a.amount_minor, row.currency), Money(a.base_minor, row.currency),
            a.share, again(a.rule, a.facts), a.by_law, a.indivisible,
        )
        for a in row.allotments.order_by("position")
    )  # fmt: skip
    mine = next((s for s in shares if s.membership_id == ref.membership_id), None)
    flags = tuple(Said(f) if isinstance(f, str) else again(*f) for f in row.flags)
    return SharingDetail(_card(row), allotments, shares, flags, mine, _not_owed(ref, row))


def _not_owed(ref: MemberRef, row: Sharing) -> Money:
    start, end = instants(row.period.lower, row.period.upper, ref.zone)
    moved = results(
        cooperative_id=row.cooperative_id, start=start, end=end, currency=row.currency
    )  # fmt: skip
    minor = sum(line.amount.minor for line in moved if line.code in _FUNDS)
    return Money(-minor, row.currency)


def can_be_decided(*, cooperative_id: UUID, sharing_id: UUID) -> bool:
    """Whether it is proposed, and no other sharing of its days was posted."""
    rows = Sharing.objects.filter(cooperative_id=cooperative_id)
    row = rows.filter(id=sharing_id, state=SharingState.PROPOSED).first()
    if row is None:
        return False
    return not rows.filter(state=SharingState.POSTED, period__overlap=row.period).exists()


def in_words(sharing_id: UUID) -> str:
    """One sentence for the ballot."""
    row = Sharing.objects.filter(id=sharing_id).first()
    if row is None:
        return _("Share a surplus")
    return _("Share the surplus of %(surplus)s: %(patronage)s to members by hours worked") % {
        "surplus": written(Money(row.surplus_minor, row.currency)),
        "patronage": written(Money(row.patronage_minor, row.currency)),
    }


def _card(row: Sharing) -> SharingCard:
    return SharingCard(
        row.id, row.period.lower, row.period.upper, SharingState(row.state),
        Money(row.surplus_minor, row.currency), Money(row.patronage_minor, row.currency),
        row.proposed_at, row.decision_id,
    )  # fmt: skip


def _share(row: Share, currency: str) -> ShareLine:
    return ShareLine(
        row.membership_id, row.number, row.name, row.seconds, Money(row.amount_minor, currency),
        Money(row.cash_minor, currency), Money(row.capital_minor, currency),
    )  # fmt: skip
