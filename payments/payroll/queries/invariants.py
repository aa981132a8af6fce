"""What must hold of payroll on a live database (I3, I4), naming the row that breaks it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from coop.audit.types import Breach, Check, broken, check
from coop.hours import queries as hours
from coop.hours.types import HoursKind, HoursLine
from coop.kernel import Money, RuleBroken
from coop.members import queries as members
from payments.ledger import queries as ledger
from payments.ledger.types import AccountCode, AccountRef
from payments.payroll.models import (
    Contribution,
    ContributionStep,
    PayRun,
    Payslip,
    PayslipLine,
    Remittance,
)
from payments.payroll.queries.replay import replay
from payments.payroll.types import (
    IN_GROSS,
    PAYS_HOURS,
    ContributionState,
    LineKind,
    PayRunState,
    RemittanceState,
)

Found = Iterator[tuple[str, object]]
_PAID = [PayRunState.PAID.value, PayRunState.FILED.value]
_REMITTED = [
    s.value
    for s in ContributionState
    if s not in (ContributionState.DUE, ContributionState.DEDUCTED)
]
#: The database refuses it since payments to funds have two keys, the day this project began.
_ALONE = (
    "a contribution says it was paid, but no payment holds it: restore it from the backup, or begin"
    " anew when this is a demonstration older than payments to funds"
)
_UNFILED = [
    s.value for s in (ContributionState.DUE, ContributionState.DEDUCTED, ContributionState.PAID)
]


def checks(*, cooperative_id: UUID) -> list[Check]:
    """I3: each paid hour once, at its rate, not below the floor. I4: slips = payable = remitted."""
    slips = Payslip.objects.filter(cooperative_id=cooperative_id)
    lines = PayslipLine.objects.filter(cooperative_id=cooperative_id, kind__in=PAYS_HOURS)
    dues = Contribution.objects.filter(cooperative_id=cooperative_id)
    rows = hours.hours_of(cooperative_id=cooperative_id)
    sent = Remittance.objects.filter(cooperative_id=cooperative_id)
    return [
        check("I3", "payslips", slips.count(), [*_slips(slips), *_replays(slips)]),
        check("I3", "payslip lines that pay hours", lines.count(),
              [*_hours_paid_twice(lines), *_lines_unlike_their_hours(lines, rows)]),
        check("I3", "hours rows", len(rows), _hours_left_out(cooperative_id, rows)),
        check("I4", "contributions", dues.count(),
              [*_deductions(slips), *_contributions(dues), *_payable(cooperative_id, dues),
               *_remitted(cooperative_id, dues)]),
        check("I4", "payments to funds", sent.count(), _sent(sent, dues)),
        check("I4", "payslips in the books", slips.filter(run__state__in=_PAID).count(),
              _wages(slips)),
    ]  # fmt: skip


def breaches(*, cooperative_id: UUID) -> list[Breach]:
    return broken(checks(cooperative_id=cooperative_id))


def _hours_paid_twice(lines: QuerySet[PayslipLine]) -> Found:
    rows = lines.values("hours_entry_id").annotate(times=Count("id")).filter(times__gt=1)
    for row in rows:
        yield f"hours are on {row['times']} payslip lines", row["hours_entry_id"]


def _slips(slips: QuerySet[Payslip]) -> Found:
    for slip in slips.filter(gross_minor__lt=F("minimum_minor")):
        yield "the gross is below floor × paid hours", slip.id
    summed = slips.annotate(
        of_lines=Sum("lines__amount_minor", filter=Q(lines__kind__in=IN_GROSS)),
        of_seconds=Sum("lines__seconds", filter=Q(lines__kind__in=PAYS_HOURS)),
        of_allowances=Coalesce(
            Sum("lines__amount_minor", filter=Q(lines__kind=LineKind.ALLOWANCE)), 0
        ),
    ).exclude(
        of_lines=F("gross_minor"), of_seconds=F("paid_seconds"),
        of_allowances=F("allowance_minor"),
    )  # fmt: skip
    for slip in summed:
        yield "the lines do not sum to the gross", slip.id


def _replays(slips: QuerySet[Payslip]) -> Found:
    """The floor and every sum come out again, from the hours, the kept terms and the law."""
    for slip in slips:
        try:
            same = replay(cooperative_id=slip.cooperative_id, payslip_id=slip.id).same
        except (RuleBroken, LookupError, TypeError, ValueError):
            same = False
        if not same:
            yield "the payslip does not replay to the same cent", slip.id


def _deductions(slips: QuerySet[Payslip]) -> Found:
    deducted = (
        slips.annotate(mine=Sum("contributions__worker_minor"))
        .exclude(mine=F("deducted_minor"))
        .exclude(mine__isnull=True, deducted_minor=0)
    )
    for slip in deducted:
        yield "the deductions are not the contributions", slip.id


def _lines_unlike_their_hours(lines: QuerySet[PayslipLine], rows: list[HoursLine]) -> Found:
    """A line says the seconds and rate of its hours row, and pays its own worker."""
    kept = {row.id: row for row in rows}
    for entry_id, seconds, rate, worker_id, line_id, kind in lines.values_list(
        "hours_entry_id", "seconds", "rate_minor", "payslip__worker_id", "id", "kind"
    ):
        row = kept.get(entry_id) if entry_id else None
        wrong = row is None or (seconds, rate, worker_id) != (
            row.paid_seconds, row.rate.minor, row.worker_id,
        )  # fmt: skip
        if wrong or (kind == LineKind.CORRECTION) != bool(row and row.corrects_id):
            yield "a payslip line is unlike its hours", line_id


def _hours_left_out(cooperative_id: UUID, rows: list[HoursLine]) -> Found:
    """Hours that were written before a run of their time was computed are on a payslip.

    A correction that takes away may wait until enough is earned.
    """
    zone = ZoneInfo(members.cooperative(cooperative_id).zone)
    runs = [
        (datetime.combine(run.period.upper, time(), tzinfo=zone), run.computed_at)
        for run in PayRun.objects.filter(cooperative_id=cooperative_id)
        if run.computed_at is not None
    ]
    paid = set(
        PayslipLine.objects.filter(cooperative_id=cooperative_id, kind__in=PAYS_HOURS).values_list(
            "hours_entry_id", flat=True
        )
    )
    for row in rows:
        if row.id in paid or row.kind is HoursKind.OUTSIDE or row.paid_seconds < 0:
            continue
        if any(row.during.start < end and row.written_at < done for end, done in runs):
            yield "hours were left out of their pay run", row.id


def _contributions(dues: QuerySet[Contribution]) -> Found:
    early = dues.filter(
        Q(payslip__run__state__in=_PAID, state=ContributionState.DUE)
        | (~Q(payslip__run__state__in=_PAID) & ~Q(state=ContributionState.DUE))
    )
    for row in early:
        yield "a contribution is not where its pay run is", row.id
    for row in dues.filter(state__in=_REMITTED, reference=""):
        yield "a contribution was paid or filed without a reference", row.id
    unfiled = dues.filter(payslip__run__state=PayRunState.FILED, state__in=_UNFILED)
    for row in unfiled:
        yield "a filed pay run has a contribution that was not filed", row.id


def _payable(cooperative_id: UUID, dues: QuerySet[Contribution]) -> Found:
    """Per scheme: slips of paid runs less what was remitted = what the books owe."""
    owed: Counter[tuple[str, str]] = Counter()
    for scheme, currency, mine, theirs, state in dues.filter(
        payslip__run__state__in=_PAID
    ).values_list("scheme", "currency", "worker_minor", "employer_minor", "state"):
        owed[scheme, currency] += 0 if state in _REMITTED else mine + theirs
    prefix = f"{AccountCode.CONTRIBUTIONS_PAYABLE.value}:"
    booked = {
        (line.code.removeprefix(prefix), line.amount.currency): -line.amount.minor
        for line in ledger.balances(
            cooperative_id=cooperative_id, codes=[AccountCode.CONTRIBUTIONS_PAYABLE.value]
        )
    }
    for scheme, currency in sorted(owed.keys() | booked.keys()):
        due, books = owed[scheme, currency], booked.get((scheme, currency), 0)
        if due != books:
            words = (
                f"{scheme}: slips less remittances are {Money(due, currency)},"
                f" the books owe {Money(books, currency)}"
            )
            yield words, scheme


def _remitted(cooperative_id: UUID, dues: QuerySet[Contribution]) -> Found:
    """Per scheme: the contributions that say they were paid = what left the bank for the fund."""
    said: Counter[str] = Counter()
    for scheme, mine, theirs in dues.filter(state__in=_REMITTED).values_list(
        "scheme", "worker_minor", "employer_minor"
    ):
        said[scheme] += mine + theirs
    left: Counter[str] = Counter()
    for entry in ledger.entries(cooperative_id=cooperative_id, last=None, kind="remittance"):
        for line in entry.postings:
            if line.amount.minor > 0:
                left[line.code.partition(":")[2]] += line.amount.minor
    for scheme in sorted(said.keys() | left.keys()):
        if said[scheme] != left[scheme]:
            yield f"{scheme}: {said[scheme]} paid by the slips, {left[scheme]} by the books", scheme


def _sent(sent: QuerySet[Remittance], dues: QuerySet[Contribution]) -> Found:
    """A payment to a fund is the sum of its contributions, and two people let it go."""
    summed = sent.annotate(
        of_parts=Coalesce(
            Sum(F("contributions__worker_minor") + F("contributions__employer_minor")), 0
        )
    ).exclude(of_parts=F("amount_minor"))
    for row in summed:
        yield "a payment to a fund is not the sum of its contributions", row.id
    for lone in sent.exclude(state=RemittanceState.MADE).filter(
        Q(approved_by__isnull=True) | Q(approved_by=F("made_by"))
    ):
        yield "a payment to a fund has no second key", lone.id
    unsent = dues.filter(state__in=_REMITTED).exclude(remittance__state=RemittanceState.PAID)
    for contribution in unsent:
        yield _ALONE, contribution.id
    latest = (
        ContributionStep.objects.filter(contribution=OuterRef("pk")).order_by("-id").values("state")
    )
    stepped = dues.filter(state__in=_REMITTED).annotate(said=Subquery(latest[:1]))
    for contribution in stepped.exclude(said=F("state")):
        yield "a contribution stands where no step brought it", contribution.id


def _wages(slips: QuerySet[Payslip]) -> Found:
    """What the slips of paid runs cost is what the books call wages."""
    sums = (
        slips.filter(run__state__in=_PAID)
        .values("cooperative_id", "currency")
        .annotate(
            gross=Sum("gross_minor"),
            allowance=Sum("allowance_minor"),
            employer=Sum("employer_minor"),
        )
    )
    for row in sums:
        for code, minor in (
            ("wage_expense", row["gross"]), ("allowance_expense", row["allowance"]),
            ("employer_contribution_expense", row["employer"]),
        ):  # fmt: skip
            booked = ledger.balance_of(
                cooperative_id=row["cooperative_id"], ref=AccountRef(code),
                currency=row["currency"], kinds=("wages",),
            )  # fmt: skip
            if booked.minor != minor:
                words = f"{code}: slips say {Money(minor, row['currency'])}, the books {booked}"
                yield words, code
