"""What is due at which fund, and when."""

from __future__ import annotations

from datetime import date

import holidays
from django.db.models import F, Max, Sum

from coop.kernel import Money
from coop.law.registry import pack
from coop.law.types import Scheme
from coop.members.types import MemberRef
from payments.payroll.models import Contribution
from payments.payroll.rules.deadlines import due_day, last_banking_day
from payments.payroll.types import ContributionState, Deadline


def schemes_of(country: str) -> dict[str, Scheme]:
    """The funds of a place by their code, each with the first rule that names its day."""
    found: dict[str, Scheme] = {}
    for scheme in pack(country).schemes:
        known = found.get(scheme.code)
        if known is None or (known.due_day is None and scheme.due_day is not None):
            found[scheme.code] = scheme
    return found


def pay_by(country: str, month: date, day: int) -> tuple[date, date]:
    """The due day of a month's money, and the last banking day up to it."""
    due = due_day(month, day)
    closed = holidays.country_holidays(country, years=[due.year - 1, due.year])
    return due, last_banking_day(due, closed)


def deadlines(ref: MemberRef, *, on: date) -> list[Deadline]:
    """Months of funds that wait to be paid, the most urgent first; for the books' keepers."""
    if not (ref.is_system or ref.has("treasurer", "board", "auditor")):
        return []
    rows = (
        Contribution.objects.filter(
            cooperative_id=ref.cooperative_id, currency=ref.currency,
            state__in=[ContributionState.DUE, ContributionState.DEDUCTED],
        )
        .values("scheme", "month")
        .annotate(named=Max("name"), waits=Sum(F("worker_minor") + F("employer_minor")))
    )  # fmt: skip
    schemes = schemes_of(ref.country)
    found = []
    for row in rows:
        scheme = schemes.get(row["scheme"])
        day = scheme.due_day if scheme else None
        due, last = pay_by(ref.country, row["month"], day) if day else (None, None)
        found.append(
            Deadline(
                row["scheme"], row["named"], row["month"], due, last, scheme.due if scheme else "",
                Money(int(row["waits"]), ref.currency), due is not None and on > due,
            )
        )  # fmt: skip
    return sorted(found, key=lambda d: (d.pay_by or date.max, d.month, d.scheme))
