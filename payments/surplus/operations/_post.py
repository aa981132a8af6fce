from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import Money, NotFound, RuleBroken, saying
from coop.members.types import MemberRef
from payments.ledger import operations as ledger
from payments.ledger.types import AccountCode, AccountRef, Leg
from payments.surplus.events import SurplusShared
from payments.surplus.models import Sharing
from payments.surplus.queries.year import CLOSING, instants, results
from payments.surplus.types import SharingState

#: Rungs that stay on retained results instead of going to a fund.
_STAYS = frozenset({"losses", "loss_forward"})


@transaction.atomic
def post_sharing(*, by: MemberRef, at: datetime, sharing_id: UUID, decision_id: UUID) -> None:
    """Post what the members decided: close the period's results, then share them. Once."""
    row = (
        Sharing.objects.select_for_update()
        .filter(cooperative_id=by.cooperative_id, id=sharing_id)
        .first()
    )
    if row is None:
        raise NotFound("sharing_unknown", _("There is no such sharing of a surplus."))
    if row.state == SharingState.POSTED and row.decision_id == decision_id:
        return
    if row.state != SharingState.PROPOSED:
        raise RuleBroken("sharing_not_proposed", _("This sharing is not open for a decision."))
    row.decision_id, row.posted_at = decision_id, at
    row.to_posted()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "surplus_shared_once" in str(error):
            raise RuleBroken(
                "surplus_shared_already", _("The surplus of some of these days was shared already.")
            ) from error
        raise
    _close(by, at, row)
    _share(by, at, row)
    audit.record(by=by, at=at, sentence=saying("posted the sharing"), about=("sharing", row.id))
    publish(SurplusShared(by.cooperative_id, row.id, decision_id, at))


def _close(by: MemberRef, at: datetime, row: Sharing) -> None:
    """Income and costs of the period go to retained results."""
    start, end = instants(row.period.lower, row.period.upper, by.zone)
    moved = results(cooperative_id=by.cooperative_id, start=start, end=end, currency=row.currency)
    legs = [Leg(AccountRef(line.code, line.owner_id), -line.amount) for line in moved]
    rest = sum(line.amount.minor for line in moved)
    legs.append(Leg(AccountRef(AccountCode.RETAINED), Money(rest, row.currency)))
    if len(moved) > 0:
        ledger.post(
            by=by, at=at, key=f"surplus:{row.id}:closing", kind=CLOSING, postings=legs,
            memo=saying("Results of %(first_on)s to before %(end_on)s closed",
                first_on=row.period.lower, end_on=row.period.upper),
            about=("sharing", row.id),
        )  # fmt: skip


def _share(by: MemberRef, at: datetime, row: Sharing) -> None:
    """From retained results to reserves and funds, members' cash and capital accounts."""
    legs: list[Leg] = []
    for rung in row.allotments.order_by("position"):
        if rung.fund not in _STAYS:
            ref = AccountRef(f"{AccountCode.RESERVES}:{rung.fund}")
            legs.append(Leg(ref, Money(-rung.amount_minor, row.currency)))
    for share in row.shares.order_by("number"):
        who = share.membership_id
        for code, minor in (
            (AccountCode.PATRONAGE_PAYABLE, share.cash_minor),
            (AccountCode.MEMBER_CAPITAL, share.capital_minor),
        ):
            legs.append(Leg(AccountRef(code, who), Money(-minor, row.currency)))
    taken = Money(-sum(leg.amount.minor for leg in legs), row.currency)
    legs.append(Leg(AccountRef(AccountCode.RETAINED), taken))
    if any(leg.amount for leg in legs):
        ledger.post(
            by=by, at=at, key=f"surplus:{row.id}", kind="surplus_shared", postings=legs,
            memo=saying("Surplus of %(first_on)s to before %(end_on)s shared",
                first_on=row.period.lower, end_on=row.period.upper),
            about=("sharing", row.id),
        )  # fmt: skip
