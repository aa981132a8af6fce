from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import BadInput, NotFound, RuleBroken, Said, saying
from coop.members.types import MemberRef
from coop.realtime import changed, office_group
from payments.payroll.models import Contribution, ContributionStep, Document
from payments.payroll.types import ContributionState as S


def waiting(by: MemberRef, scheme: str, month: date, state: S) -> list[Contribution]:
    """The fund's contributions of a month in a state, locked. Raises `nothing_to_move`."""
    rows = list(
        Contribution.objects.select_for_update()
        .filter(
            cooperative_id=by.cooperative_id, scheme=scheme, month=month.replace(day=1),
            state=state.value,
        )
        .order_by("id")
    )  # fmt: skip
    return some(rows, scheme, month)


def some(rows: list[Contribution], scheme: str, month: date) -> list[Contribution]:
    if not rows:
        raise RuleBroken(
            "nothing_to_move",
            _("No contribution to %(scheme)s of %(month)s waits for this.")
            % {"scheme": scheme, "month": month.strftime("%Y-%m")},
        )
    return rows


def move(
    by: MemberRef, at: datetime, rows: Iterable[Contribution], to: S, *, reference: str = "",
    note: str = "", document_id: UUID | None = None,
) -> None:  # fmt: skip
    """Bring rows a step further and keep who did it, with what in hand."""
    moved = list(rows)
    for row in moved:
        row.state, row.moved_at = to.value, at
        row.reference = reference or row.reference
    Contribution.objects.bulk_update(moved, ["state", "moved_at", "reference"], batch_size=2000)
    ContributionStep.objects.bulk_create(
        (
            ContributionStep(
                cooperative_id=by.cooperative_id, contribution=row, state=to.value, at=at,
                by_id=by.person_id, reference=reference, note=note, document_id=document_id,
            )
            for row in moved
        ),
        batch_size=2000,
    )  # fmt: skip


def known_document(by: MemberRef, document_id: UUID | None) -> UUID | None:
    """The receipt belongs here. Raises NotFound `document_unknown`."""
    if document_id is None:
        return None
    if not Document.objects.filter(cooperative_id=by.cooperative_id, id=document_id).exists():
        raise NotFound("document_unknown", _("There is no such document."))
    return document_id


def say(by: MemberRef, at: datetime, remittance_id: UUID, sentence: Said) -> None:
    """Leave a sentence about a payment to a fund, and hint to who keeps the books."""
    audit.record(by=by, at=at, sentence=sentence, about=("remittance", remittance_id))
    groups = [office_group(by.cooperative_id, office) for office in ("treasurer", "board")]
    changed(groups=groups, what="fund", id=remittance_id)


def told(
    by: MemberRef, at: datetime, row: Contribution, to: S, words: Said, note: str,
    document_id: UUID | None,
) -> None:  # fmt: skip
    """One contribution a step further, with somebody's words. Raises BadInput `note_too_long`."""
    if len(note) > 500:
        raise BadInput("note_too_long", _("At most 500 letters, please."))
    move(by, at, [row], to, note=note.strip(), document_id=known_document(by, document_id))
    audit.record(
        by=by, at=at,
        sentence=saying(
            "%(scheme)s %(month)s: %(words)s",
            scheme=row.scheme, month=f"{row.month:%Y-%m}", words=words,
        ),
        about=("contribution", row.id),
    )  # fmt: skip
