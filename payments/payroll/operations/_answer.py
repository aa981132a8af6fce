from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import BadInput, NotFound, RuleBroken
from coop.members.types import MemberRef
from payments.payroll.events import ContributionAnswered, ContributionQueried
from payments.payroll.models import Contribution
from payments.payroll.operations._lock import only_for
from payments.payroll.operations._move import known_document, move
from payments.payroll.types import ContributionState as S


@transaction.atomic
def confirm_contribution(
    *, by: MemberRef, at: datetime, contribution_id: UUID, note: str = "",
    document_id: UUID | None = None,
) -> None:  # fmt: skip
    """Record that the fund shows it: by the worker who looked, or the treasurer."""
    row = _one(by, contribution_id)
    _may(row, S.FILED, S.QUERIED)
    _step(by, at, row, S.CONFIRMED, "the fund shows it", note, document_id)


@transaction.atomic
def query_contribution(
    *, by: MemberRef, at: datetime, contribution_id: UUID, note: str = ""
) -> None:
    """The worker answers that the fund does not show it, in her own words if she likes."""
    row = _one(by, contribution_id)
    _may(row, S.PAID, S.FILED, S.CONFIRMED)
    _step(by, at, row, S.QUERIED, "the fund does not show it", note, None)
    publish(ContributionQueried(by.cooperative_id, row.id, row.name, row.month, at))


@transaction.atomic
def answer_query(
    *, by: MemberRef, at: datetime, contribution_id: UUID, note: str,
    document_id: UUID | None = None,
) -> None:  # fmt: skip
    """The treasurer tells her what was found; it is declared (again) and she looks once more.

    Raises `answer_missing` without words, `contribution_moves` when nobody asked.
    """
    only_for(by, "treasurer", "board")
    if not note.strip():
        raise BadInput("answer_missing", _("Write what you found, so that she can read it."))
    row = _one(by, contribution_id)
    _may(row, S.QUERIED)
    _step(by, at, row, S.FILED, "the treasurer answered", note, document_id)
    publish(ContributionAnswered(by.cooperative_id, row.id, row.worker_id, row.name, row.month, at))


def _one(by: MemberRef, contribution_id: UUID) -> Contribution:
    rows = Contribution.objects.select_for_update().filter(
        cooperative_id=by.cooperative_id, id=contribution_id
    )
    row = rows.first()
    if row is None or not (by.worker_id == row.worker_id or by.has("treasurer", "board")):
        raise NotFound("contribution_unknown", _("This contribution is not known here."))
    return row


def _may(row: Contribution, *steps: S) -> None:
    if row.state not in steps:
        raise RuleBroken(
            "contribution_moves",
            _("This contribution is %(now)s; that cannot be said of it yet.") % {"now": row.state},
        )


def _step(
    by: MemberRef, at: datetime, row: Contribution, to: S, words: str, note: str,
    document_id: UUID | None,
) -> None:  # fmt: skip
    if len(note) > 500:
        raise BadInput("note_too_long", _("At most 500 letters, please."))
    move(by, at, [row], to, note=note.strip(), document_id=known_document(by, document_id))
    audit.record(
        by=by, at=at, sentence=f"{row.scheme} {row.month:%Y-%m}: {words}",
        about=("contribution", row.id),
    )  # fmt: skip
