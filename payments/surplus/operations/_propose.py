from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import BadInput, NotAllowed, RuleBroken, saying
from coop.law import queries as law
from coop.law.registry import pack
from coop.law.types import Waterfall
from coop.members.types import MemberCard, MemberRef
from coop.realtime import changed, members_group
from governance.queries import policy_in_force
from payments.surplus.models import Allotment, Share, Sharing
from payments.surplus.policies import SURPLUS_STEPS, percent
from payments.surplus.queries.year import instants, year_of
from payments.surplus.types import SharingState


@transaction.atomic
def propose_sharing(*, by: MemberRef, at: datetime, starts_on: date, ends_on: date) -> UUID:
    """Compute how the surplus of a closed period would be shared, for members to decide on.

    Every member's figure is kept as it will be shown. Raises `period_not_closed`,
    `surplus_shared_already`, `no_surplus` and what the law refuses.
    """
    _check(by, at, starts_on, ends_on)
    last_day = ends_on - timedelta(days=1)
    rule = policy_in_force(SURPLUS_STEPS, cooperative_id=by.cooperative_id, on=last_day)
    year, members, worked = year_of(
        cooperative_id=by.cooperative_id, starts_on=starts_on, ends_on=ends_on, zone=by.zone,
        currency=by.currency,
    )  # fmt: skip
    if not year.surplus:
        raise RuleBroken(
            "no_surplus", _("Income and costs of this period are equal: nothing to share.")
        )
    flow = law.share_surplus(pack(by.country), year=year, vote=rule.value, on=last_day)
    row = Sharing.objects.create(
        cooperative_id=by.cooperative_id, period=DateRange(starts_on, ends_on),
        surplus_minor=flow.surplus.minor, patronage_minor=flow.patronage.minor,
        currency=by.currency, policy_version_id=rule.version_id, proposed_at=at,
        flags=[[f.message.sentence, f.message.kept] for f in flow.flags],
        law=sorted({c.key for c in flow.cited}),
    )  # fmt: skip
    _write(row, flow, members, worked)
    audit.record(
        by=by, at=at,
        sentence=saying("proposed to share a surplus of %(surplus)s", surplus=flow.surplus),
        about=("sharing", row.id),
    )  # fmt: skip
    changed(groups=[members_group(by.cooperative_id)], what="surplus", id=row.id)
    return row.id


def _check(by: MemberRef, at: datetime, starts_on: date, ends_on: date) -> None:
    if not (by.is_system or by.has("treasurer", "board")):
        raise NotAllowed("not_your_office", _("This is for the treasurer and the board."))
    if not starts_on < ends_on or starts_on.year < 1900 or ends_on.year > 9000:
        raise BadInput("period_wrong", _("A period ends after it starts."))
    if instants(starts_on, ends_on, by.zone)[1] > at:
        raise RuleBroken("period_not_closed", _("Share a surplus when its period is over."))
    if Sharing.objects.filter(
        cooperative_id=by.cooperative_id, state=SharingState.POSTED,
        period__overlap=DateRange(starts_on, ends_on),
    ).exists():  # fmt: skip
        raise RuleBroken(
            "surplus_shared_already", _("The surplus of some of these days was shared already.")
        )


def _write(
    row: Sharing, flow: Waterfall, members: list[MemberCard], worked: dict[int, int]
) -> None:
    Allotment.objects.bulk_create(
        Allotment(
            cooperative_id=row.cooperative_id, sharing=row, position=position, fund=a.id,
            name=a.name, amount_minor=a.amount.minor, base_minor=a.base.minor,
            share=percent(a.share) if a.share is not None else "", rule=a.rule.sentence,
            facts=a.rule.kept, by_law=a.by_law, indivisible=a.indivisible,
        )
        for position, a in enumerate(flow.allotments)
    )  # fmt: skip
    cards = {card.number: card for card in members}
    Share.objects.bulk_create(
        Share(
            cooperative_id=row.cooperative_id, sharing=row,
            membership_id=cards[share.number].membership_id, number=share.number,
            name=cards[share.number].name, seconds=worked[share.number],
            amount_minor=share.amount.minor, cash_minor=share.cash.minor,
            capital_minor=share.capital.minor,
        )
        for share in flow.shares
    )  # fmt: skip
