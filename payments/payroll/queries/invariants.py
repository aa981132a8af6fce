"""What must hold of payroll on a live database (I3, I4), naming the row that breaks it."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.db.models import Count, F, Q, Sum

from coop.audit.types import Breach
from coop.hours import queries as hours
from coop.kernel import Money
from payments.ledger import queries as ledger
from payments.ledger.types import AccountRef, contributions_payable
from payments.payroll.models import Contribution, Payslip, PayslipLine
from payments.payroll.types import (
    IN_GROSS,
    PAYS_HOURS,
    ContributionState,
    LineKind,
    PayRunState,
)

_PAID = [PayRunState.PAID.value, PayRunState.FILED.value]
_REMITTED = [
    s.value
    for s in ContributionState
    if s not in (ContributionState.DUE, ContributionState.DEDUCTED)
]


def breaches(*, cooperative_id: UUID) -> list[Breach]:
    """I3: each paid hour once, at its rate, not below the floor. I4: slips = payable = remitted."""
    return [
        *_hours_paid_twice(cooperative_id),
        *_slips_that_do_not_add_up(cooperative_id),
        *_lines_unlike_their_hours(cooperative_id),
        *_contributions(cooperative_id),
        *_wages(cooperative_id),
    ]


def _hours_paid_twice(cooperative_id: UUID) -> list[Breach]:
    rows = (
        PayslipLine.objects.filter(cooperative_id=cooperative_id, kind__in=PAYS_HOURS)
        .values("hours_entry_id")
        .annotate(times=Count("id"))
        .filter(times__gt=1)
    )
    return [
        Breach("I3", f"hours are on {row['times']} payslip lines", str(row["hours_entry_id"]))
        for row in rows
    ]


def _slips_that_do_not_add_up(cooperative_id: UUID) -> list[Breach]:
    found = []
    slips = Payslip.objects.filter(cooperative_id=cooperative_id)
    for slip in slips.filter(gross_minor__lt=F("minimum_minor")):
        found.append(Breach("I3", "the gross is below floor × paid hours", str(slip.id)))
    summed = slips.annotate(
        of_lines=Sum("lines__amount_minor", filter=Q(lines__kind__in=IN_GROSS)),
        of_seconds=Sum("lines__seconds", filter=Q(lines__kind__in=PAYS_HOURS)),
    ).exclude(of_lines=F("gross_minor"), of_seconds=F("paid_seconds"))
    found += [Breach("I3", "the lines do not sum to the gross", str(slip.id)) for slip in summed]
    deducted = (
        slips.annotate(mine=Sum("contributions__worker_minor"))
        .exclude(mine=F("deducted_minor"))
        .exclude(mine__isnull=True, deducted_minor=0)
    )
    found += [
        Breach("I4", "the deductions are not the contributions", str(slip.id)) for slip in deducted
    ]
    return found


def _lines_unlike_their_hours(cooperative_id: UUID) -> list[Breach]:
    """A line says the seconds and rate of its hours row, and pays its own worker."""
    lines = list(
        PayslipLine.objects.filter(cooperative_id=cooperative_id, kind__in=PAYS_HOURS).values_list(
            "hours_entry_id", "seconds", "rate_minor", "payslip__worker_id", "id", "kind"
        )
    )
    rows = {row.id: row for row in hours.hours_of(cooperative_id=cooperative_id)}
    found = []
    for entry_id, seconds, rate, worker_id, line_id, kind in lines:
        row = rows.get(entry_id) if entry_id else None
        wrong = row is None or (seconds, rate, worker_id) != (
            row.paid_seconds, row.rate.minor, row.worker_id,
        )  # fmt: skip
        if wrong or (kind == LineKind.CORRECTION) != bool(row and row.corrects_id):
            found.append(Breach("I3", "a payslip line is unlike its hours", str(line_id)))
    return found


def _contributions(cooperative_id: UUID) -> list[Breach]:
    """Per scheme: slips of paid runs less what was remitted = what the books owe."""
    found = []
    owed: Counter[tuple[str, str]] = Counter()
    sent: Counter[tuple[str, str]] = Counter()
    rows = Contribution.objects.filter(
        cooperative_id=cooperative_id, payslip__run__state__in=_PAID
    ).values_list("scheme", "currency", "worker_minor", "employer_minor", "state")
    for scheme, currency, mine, theirs, state in rows:
        owed[scheme, currency] += mine + theirs
        if state in _REMITTED:
            sent[scheme, currency] += mine + theirs
    for (scheme, currency), minor in owed.items():
        payable = ledger.balance_of(
            cooperative_id=cooperative_id, ref=contributions_payable(scheme), currency=currency
        )
        expected = Money(sent[scheme, currency] - minor, currency)
        if payable != expected:
            words = f"{scheme}: slips less remittances are {-expected}, the books owe {-payable}"
            found.append(Breach("I4", words, scheme))
    early = Contribution.objects.filter(cooperative_id=cooperative_id).filter(
        Q(payslip__run__state__in=_PAID, state=ContributionState.DUE)
        | (~Q(payslip__run__state__in=_PAID) & ~Q(state=ContributionState.DUE))
    )
    found += [
        Breach("I4", "a contribution is not where its pay run is", str(row.id)) for row in early
    ]
    return found


def _wages(cooperative_id: UUID) -> list[Breach]:
    """What the slips of paid runs cost is what the books call wages."""
    found = []
    sums = (
        Payslip.objects.filter(cooperative_id=cooperative_id, run__state__in=_PAID)
        .values("currency")
        .annotate(gross=Sum("gross_minor"), employer=Sum("employer_minor"))
    )
    for row in sums:
        for code, minor in (
            ("wage_expense", row["gross"]), ("employer_contribution_expense", row["employer"]),
        ):  # fmt: skip
            booked = ledger.balance_of(
                cooperative_id=cooperative_id, ref=AccountRef(code), currency=row["currency"],
                kinds=("wages",),
            )  # fmt: skip
            if booked.minor != minor:
                words = f"{code}: slips say {Money(minor, row['currency'])}, the books {booked}"
                found.append(Breach("I4", words, code))
    return found
