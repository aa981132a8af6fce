"""Payslips and pay runs: what is asked, what comes out, how it is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from coop.hours.types import HoursKind, HoursLine
from coop.kernel import Money, Said
from coop.law.types import Cited
from payments.payroll.types.funds import ContributionCard


class PayRunState(StrEnum):
    OPEN = "open"
    COMPUTED = "computed"
    APPROVED = "approved"
    PAID = "paid"
    FILED = "filed"


class LineKind(StrEnum):
    """HOURS and CORRECTION pay a row of the hours ledger; LEAVE and BENEFIT are put aside.

    ALLOWANCE is paid now beside the gross: no wage, so it reaches no minimum and no fund.
    """

    HOURS = "hours"
    CORRECTION = "correction"
    OVERTIME = "overtime"
    REST_DAY = "rest_day"
    ALLOWANCE = "allowance"
    LEAVE = "leave"
    BENEFIT = "benefit"


#: Lines that pay an hours row; each row is on exactly one of them (I3).
PAYS_HOURS = (LineKind.HOURS, LineKind.CORRECTION)
#: Lines that add up to the gross; allowances are paid beside it, the others later.
IN_GROSS = (LineKind.HOURS, LineKind.CORRECTION, LineKind.OVERTIME, LineKind.REST_DAY)

#: Lines that are earned now and paid later.
LATER = (LineKind.LEAVE, LineKind.BENEFIT)


@dataclass(frozen=True, slots=True)
class MonthSoFar:
    """What earlier slips of the month hold: contributions are figured on the whole month."""

    gross_minor: int = 0
    seconds: int = 0
    days: tuple[str, ...] = ()
    taken: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SlipAsk:
    """All that a payslip is computed from; kept with it, so it can be computed again.

    `weeks` holds the seconds already paid of each week (its Monday) before these rows; `carried`
    the days of these rows whose allowance an earlier slip paid.
    """

    country: str
    currency: str
    zone: str
    law_on: date
    employer: str
    rows: tuple[HoursLine, ...]
    weeks: dict[str, int]
    month: MonthSoFar
    carried: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One line: so many seconds at a rate, or a premium or accrual on them, with its rule."""

    kind: LineKind
    amount: Money
    seconds: int
    rate: Money
    rule: Said
    hours_id: UUID | None = None
    worked_on: date | None = None
    service: str = ""
    versions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ContributionDue:
    """What one scheme takes for this slip, both halves."""

    scheme: str
    name: str
    base: Money
    worker: Money
    employer: Money
    rule: Said
    rule_id: str
    source: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A computed payslip: lines in order, contributions, and what she receives."""

    lines: tuple[SlipLine, ...]
    contributions: tuple[ContributionDue, ...]
    gross: Money
    allowance: Money
    deducted: Money
    net: Money
    employer: Money
    put_aside: Money
    minimum: Money
    seconds: int
    days: tuple[str, ...]
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class PayslipCard:
    """A payslip in a list."""

    id: UUID
    run_id: UUID
    worker_id: UUID
    worker_name: str
    starts_on: date
    ends_on: date
    state: PayRunState
    gross: Money
    allowance: Money
    deducted: Money
    net: Money
    employer: Money
    put_aside: Money
    minimum: Money
    seconds: int


@dataclass(frozen=True, slots=True)
class PayslipDetail:
    """A payslip with every line and contribution; `worked` says what each row of hours was."""

    card: PayslipCard
    lines: tuple[SlipLine, ...]
    contributions: tuple[ContributionCard, ...]
    law_on: date
    worked: dict[UUID, HoursKind] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    person_id: UUID
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PayRunCard:
    """A pay run with its sums; days are half-open."""

    id: UUID
    starts_on: date
    ends_on: date
    state: PayRunState
    slips: int
    gross: Money
    net: Money
    contributions: Money
    approvals: tuple[ApprovalLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What a run pays for something, and what the prices of its period charged for it."""

    paid: Money
    charged: Money

    @property
    def short(self) -> Money:
        """What the cooperative adds; less than nothing when prices brought more."""
        return self.paid - self.charged

    @property
    def left(self) -> Money:
        """What prices brought more than is owed: part of the surplus of all."""
        return self.charged - self.paid


@dataclass(frozen=True, slots=True)
class Replay:
    """A payslip computed again from what was kept: the same to the cent, or what differs."""

    payslip_id: UUID
    same: bool
    kept: dict[str, str]
    now: dict[str, str]
