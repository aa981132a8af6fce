"""Her record: one line for each month and scheme, every step of it, and what she asked."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from coop.kernel import NotFound
from coop.members import queries as members
from coop.members.types import MemberRef
from payments.payroll.models import Contribution, ContributionStep
from payments.payroll.queries.cards import contribution_card, document_card
from payments.payroll.types import (
    ContributionCard,
    ContributionDetail,
    ContributionState,
    QueryCard,
    StepCard,
)

Months = list[tuple[date, list[list[ContributionCard]]]]


def my_record(ref: MemberRef, *, last_months: int = 24) -> tuple[list[str], Months]:
    """The schemes, and for each month (newest first) the cells of each scheme, in that order."""
    if ref.worker_id is None:
        return [], []
    return record_of(ref.cooperative_id, ref.worker_id, last_months)


def record_of(cooperative_id: UUID, worker_id: UUID, last_months: int) -> tuple[list[str], Months]:
    rows = Contribution.objects.filter(cooperative_id=cooperative_id, worker_id=worker_id)
    cells: dict[tuple[date, str], list[ContributionCard]] = defaultdict(list)
    for row in rows.order_by("-month", "scheme", "id"):
        cells[row.month, row.scheme].append(contribution_card(row))
    schemes = sorted({scheme for _month, scheme in cells})
    months = sorted({month for month, _scheme in cells}, reverse=True)[:last_months]
    return schemes, [
        (month, [cells.get((month, scheme), []) for scheme in schemes]) for month in months
    ]


def visible_to(ref: MemberRef) -> QuerySet[Contribution]:
    """A worker sees her own contributions, treasurer and board all."""
    rows = Contribution.objects.filter(cooperative_id=ref.cooperative_id)
    if ref.is_system or ref.has("treasurer", "board"):
        return rows
    return rows.filter(worker_id=ref.worker_id) if ref.worker_id is not None else rows.none()


def contribution(ref: MemberRef, contribution_id: UUID) -> ContributionDetail:
    """A contribution with every step so far. Raises NotFound `contribution_unknown`."""
    return _detail(visible_to(ref), contribution_id)


def my_contribution(ref: MemberRef, contribution_id: UUID) -> ContributionDetail:
    """The same, only her own, whatever office she holds."""
    rows = Contribution.objects.filter(cooperative_id=ref.cooperative_id)
    mine = rows.none() if ref.worker_id is None else rows.filter(worker_id=ref.worker_id)
    return _detail(mine, contribution_id)


def _detail(rows: QuerySet[Contribution], contribution_id: UUID) -> ContributionDetail:
    row = rows.filter(id=contribution_id).select_related("payslip__run").first()
    if row is None:
        raise NotFound("contribution_unknown", _("There is no such contribution."))
    return ContributionDetail(contribution_card(row), _steps(row))


def _steps(row: Contribution) -> tuple[StepCard, ...]:
    run = row.payslip.run
    kept = list(row.steps.select_related("document").defer("document__content").order_by("id"))
    people = members.people(
        [id_ for id_ in (run.computed_by_id, run.paid_by_id, *(s.by_id for s in kept)) if id_]
    )

    def name(person_id: UUID | None) -> str:
        return people[person_id].name if person_id in people else ""

    told = []
    if run.computed_at:
        told.append(StepCard(ContributionState.DUE, run.computed_at, name(run.computed_by_id)))
    if run.paid_at:
        told.append(StepCard(ContributionState.DEDUCTED, run.paid_at, name(run.paid_by_id)))
    return (*told, *(_step(step, name(step.by_id)) for step in kept))


def _step(row: ContributionStep, name: str) -> StepCard:
    return StepCard(
        ContributionState(row.state), row.at, name, row.reference, row.note,
        document_card(row.document) if row.document else None,
    )  # fmt: skip


def queried(ref: MemberRef) -> list[QueryCard]:
    """Contributions workers do not find at their fund, oldest question first; for the treasurer."""
    if not (ref.is_system or ref.has("treasurer", "board")):
        return []
    rows = (
        Contribution.objects.filter(
            cooperative_id=ref.cooperative_id, state=ContributionState.QUERIED
        )
        .select_related("payslip")
        .prefetch_related("steps")
        .order_by("moved_at", "id")
    )
    found = []
    for row in rows:
        words = max(row.steps.all(), key=lambda step: step.id, default=None)
        found.append(
            QueryCard(
                contribution_card(row), row.payslip.worker_name, row.moved_at,
                words.note if words else "",
            )
        )  # fmt: skip
    return found
