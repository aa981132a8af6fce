from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import BadInput, Money, NotAllowed, NotFound, RuleBroken
from coop.members.types import MemberRef
from coop.realtime import changed, office_group
from payments.ledger import operations as ledger
from payments.ledger.types import AccountCode, AccountRef, Leg, contributions_payable
from payments.payroll.models import Contribution, Remittance
from payments.payroll.operations._lock import only_for
from payments.payroll.operations._move import known_document, move, some, waiting
from payments.payroll.types import ContributionState, RemittanceState


@transaction.atomic
def prepare_remittance(*, by: MemberRef, at: datetime, scheme: str, month: date) -> UUID:
    """Put all that a fund is owed for a month into one payment: the first key. Its id.

    Raises `nothing_to_move`, `remittance_open` while an earlier payment of it is on its way.
    """
    person = _person(by)
    rows = some(
        [r for r in waiting(by, scheme, month, ContributionState.DEDUCTED) if not r.remittance_id],
        scheme, month,
    )  # fmt: skip
    amount = sum(row.worker_minor + row.employer_minor for row in rows)
    try:
        with transaction.atomic():
            made = Remittance.objects.create(
                cooperative_id=by.cooperative_id, scheme=scheme, name=rows[0].name,
                month=rows[0].month, amount_minor=amount, currency=rows[0].currency,
                made_by_id=person, made_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        if "remittance_open_once" in str(error):
            raise RuleBroken(
                "remittance_open",
                _("A payment to this fund is on its way already. Finish that one first."),
            ) from error
        raise
    Contribution.objects.filter(id__in=[row.id for row in rows]).update(remittance=made)
    _say(by, at, made, f"prepared {Money(amount, made.currency)} for {scheme} {month:%Y-%m}")
    return made.id


@transaction.atomic
def approve_remittance(*, by: MemberRef, at: datetime, remittance_id: UUID) -> None:
    """Give the second key. Raises `approved_already` for the person who prepared it."""
    person = _person(by)
    row = _locked(by, remittance_id, RemittanceState.MADE)
    if row.made_by_id == person:
        raise RuleBroken(
            "approved_already", _("You prepared this payment; the second key is another person's.")
        )
    row.approved_by_id, row.approved_at = person, at
    row.to_approved()
    row.save()
    _say(by, at, row, f"approved the payment to {row.scheme} for {row.month:%Y-%m}")


@transaction.atomic
def remit(
    *, by: MemberRef, at: datetime, remittance_id: UUID, reference: str,
    document_id: UUID | None = None,
) -> Money:  # fmt: skip
    """Pay an approved remittance from the bank; the amount. The reference is the bank's."""
    only_for(by, "treasurer", "board")
    if not reference.strip():
        raise BadInput("reference_missing", _("A payment to a fund needs its reference."))
    row = _locked(by, remittance_id, RemittanceState.APPROVED)
    amount = Money(row.amount_minor, row.currency)
    if amount:
        ledger.post(
            by=by, at=at, key=f"remit:{row.id}", kind="remittance", about=("remittance", row.id),
            postings=[
                Leg(contributions_payable(row.scheme), amount),
                Leg(AccountRef(AccountCode.BANK), -amount),
            ],
            memo=f"{row.scheme} for {row.month:%Y-%m}, reference {reference}",
        )  # fmt: skip
    row.document_id = known_document(by, document_id)
    row.paid_at, row.reference = at, reference
    row.to_paid()
    row.save()
    parts = Contribution.objects.select_for_update().filter(remittance=row).order_by("id")
    move(by, at, parts, ContributionState.PAID, reference=reference, document_id=row.document_id)
    _say(by, at, row, f"paid {amount} to {row.scheme} for {row.month:%Y-%m}")
    return amount


def _person(by: MemberRef) -> UUID:
    only_for(by, "treasurer", "board")
    if by.person_id is None:
        raise NotAllowed("a_person_approves", _("A payment to a fund is approved by people."))
    return by.person_id


def _locked(by: MemberRef, remittance_id: UUID, state: RemittanceState) -> Remittance:
    row = (
        Remittance.objects.select_for_update()
        .filter(cooperative_id=by.cooperative_id, id=remittance_id)
        .first()
    )
    if row is None:
        raise NotFound("remittance_unknown", _("There is no such payment to a fund."))
    if row.state != state:
        raise RuleBroken(
            f"remittance_not_{state}",
            _("This payment is %(now)s; for this it must be %(needed)s. Nothing was done.")
            % {"now": row.state, "needed": state.value},
            state=row.state,
        )
    return row


def _say(by: MemberRef, at: datetime, row: Remittance, sentence: str) -> None:
    audit.record(by=by, at=at, sentence=sentence, about=("remittance", row.id))
    groups = [office_group(by.cooperative_id, office) for office in ("treasurer", "board")]
    changed(groups=groups, what="fund", id=row.id)
