"""One worker's payslip from her hours: gross, premiums, what is put aside, contributions, net."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from coop.hours.types import HoursKind, HoursLine
from coop.kernel import (
    Money,
    Rounding,
    RuleBroken,
    Said,
    round_fraction,
    saying,
    together,
    total,
)  # fmt: skip
from coop.law import queries as law
from coop.law.types import Cited, Name, Pack
from payments.payroll.types import (
    ContributionDue,
    LineKind,
    Slip,
    SlipAsk,
    SlipLine,
)  # fmt: skip

#: Time that was worked and so fills the week; what only tops up the pay does not.
_WORKED = frozenset({HoursKind.VISIT, HoursKind.TRAVEL, HoursKind.TRAINING, HoursKind.ASSEMBLY})


def compute_slip(pack: Pack, ask: SlipAsk) -> Slip:
    """The payslip of these rows. Raises `below_floor` when the gross is under the law's minimum."""
    zone = ZoneInfo(ask.zone)
    days = {row.id: row.during.start.astimezone(zone).date() for row in ask.rows}
    lines, cited = _pay_lines(pack, ask, days)
    gross = total([line.amount for line in lines], ask.currency)
    seconds = sum(row.paid_seconds for row in ask.rows)
    minimum, floor_cited = _minimum(pack, ask, days)
    if gross < minimum:
        raise RuleBroken(
            "below_floor",
            "%(gross)s for %(minutes)s paid minutes is below the legal minimum of %(minimum)s.",
            gross=gross, minimum=minimum, minutes=seconds // 60,
        )  # fmt: skip
    worked = sorted({str(day) for day in days.values()})
    dues, due_cited = _contributions(pack, ask, gross, seconds, worked)
    allowances, allowed_cited = _allowances(pack, ask, gross, days)
    allowance = total([line.amount for line in allowances], ask.currency)
    aside, aside_cited = _put_aside(pack, ask, gross, allowance)
    deducted = total([due.worker for due in dues], ask.currency)
    if gross < deducted:
        raise RuleBroken(
            "net_negative",
            "Deductions of %(deducted)s are more than %(gross)s earned.",
            deducted=deducted,
            gross=gross,
        )
    return Slip(
        lines=(*lines, *allowances, *aside),
        contributions=dues,
        gross=gross,
        allowance=allowance,
        deducted=deducted,
        net=gross + allowance - deducted,
        employer=total([due.employer for due in dues], ask.currency),
        put_aside=total([line.amount for line in aside], ask.currency),
        minimum=minimum,
        seconds=seconds,
        days=tuple(worked),
        cited=(*cited, *floor_cited, *due_cited, *allowed_cited, *aside_cited),
    )


def monday(day: date) -> date:
    """The day a week is counted from."""
    return day - timedelta(days=day.weekday())


def settled(pack: Pack, minor: Fraction) -> Money:
    """To the smallest sum the place pays in, nearest."""
    size = pack.money_step * pack.scale
    return Money(int(round_fraction(minor / size, Rounding.HALF_UP) * size), pack.currency)


def _pay_lines(
    pack: Pack, ask: SlipAsk, days: dict[UUID, date]
) -> tuple[list[SlipLine], list[Cited]]:
    """Each row as a line, followed by the premiums it earns."""
    lines: list[SlipLine] = []
    cited: list[Cited] = []
    weeks = defaultdict(int, ask.weeks)
    for row in ask.rows:
        day = days[row.id]
        kind = LineKind.CORRECTION if row.corrects_id else LineKind.HOURS
        amount = settled(pack, Fraction(row.rate.minor * row.paid_seconds, 3600))
        lines.append(
            SlipLine(
                kind, amount, row.paid_seconds, row.rate, Said(row.reason), row.id, day,
                row.service, dict(row.terms),
            )
        )  # fmt: skip
        if row.kind in _WORKED:
            week = str(monday(day))
            over = _over(pack, day, weeks[week], row.paid_seconds)
            weeks[week] += row.paid_seconds
            for line, figures in _premiums(pack, row, day, over):
                lines.append(line)
                cited.extend(figures)
    return lines, cited


def _over(pack: Pack, day: date, before: int, seconds: int) -> int:
    """The seconds of this row beyond the week's ordinary hours; corrections take them back."""
    limit = int(law.week_hours_max(pack, day).value * 3600)
    return max(0, before + seconds - limit) - max(0, before - limit)


def _premiums(
    pack: Pack, row: HoursLine, day: date, over: int
) -> list[tuple[SlipLine, tuple[Cited, ...]]]:
    """Overtime and Sunday premiums of a row: only what comes on top of the ordinary rate."""
    sunday = day.weekday() == 6
    found: list[tuple[SlipLine, tuple[Cited, ...]]] = []
    parts = [
        (LineKind.OVERTIME, over, True),
        (LineKind.REST_DAY, row.paid_seconds - over if sunday else 0, False),
    ]
    for kind, seconds, overtime in parts:
        if not seconds:
            continue
        times, figures = law.multiplier(pack, day, overtime=overtime, rest_day=sunday)
        extra = settled(pack, Fraction(row.rate.minor * seconds, 3600) * (times - 1))
        if extra:
            rule = together([figure.rule for figure in figures])
            versions = {figure.name: figure.key for figure in figures}
            line = SlipLine(kind, extra, seconds, row.rate, rule, row.id, day, "", versions)
            found.append((line, figures))
    return found


def _minimum(pack: Pack, ask: SlipAsk, days: dict[UUID, date]) -> tuple[Money, tuple[Cited, ...]]:
    """The least these paid hours may earn, each day by the law of that day, settled up."""
    exact = Fraction(0)
    cited: dict[str, Cited] = {}
    for row in ask.rows:
        least = law.wage_minimum(pack, days[row.id])
        exact += least.exact_worked_hour * row.paid_seconds / 3600
        cited |= {each.key: each for each in least.cited}
    return Money(round_fraction(exact, Rounding.UP), ask.currency), tuple(cited.values())


def _contributions(
    pack: Pack, ask: SlipAsk, gross: Money, seconds: int, days: list[str]
) -> tuple[tuple[ContributionDue, ...], tuple[Cited, ...]]:
    """The schemes on the whole month, less what earlier slips of the month took already."""
    month = ask.month
    whole = law.contributions(
        pack,
        gross=Money(month.gross_minor + gross.minor, ask.currency),
        on=ask.law_on,
        hours=Fraction(max(0, month.seconds + seconds), 3600),
        days=min(31, len({*month.days, *days})),
        employer=ask.employer,
    )
    dues = []
    for line in whole.lines:
        worker, employer = month.taken.get(line.scheme, (0, 0))
        dues.append(
            ContributionDue(
                line.scheme, line.name, line.base,
                Money(line.worker.minor - worker, ask.currency),
                Money(line.employer.minor - employer, ask.currency),
                line.rule, line.rule_id, line.source.title,
            )
        )  # fmt: skip
    return tuple(due for due in dues if due.worker or due.employer), whole.cited


def _allowances(
    pack: Pack, ask: SlipAsk, gross: Money, days: dict[UUID, date]
) -> tuple[list[SlipLine], tuple[Cited, ...]]:
    """The transport of each day worked, once a day, while the month's pay is entitled to it.

    A day counts when time was worked in it; what an earlier slip paid for a day is not taken back.
    """
    month = Money(ask.month.gross_minor + gross.minor, ask.currency)
    if law.transport_allowance(pack, gross=month, on=ask.law_on) is None:
        return [], ()
    worked: dict[date, int] = defaultdict(int)
    for row in ask.rows:
        if row.kind in _WORKED:
            worked[days[row.id]] += row.paid_seconds
    lines: list[SlipLine] = []
    cited: list[Cited] = []
    for day, seconds in sorted(worked.items()):
        least = law.wage_minimum(pack, day)
        figure = least.transport_day
        if figure is None or seconds <= 0 or str(day) in ask.carried:
            continue
        lines.append(
            SlipLine(
                LineKind.ALLOWANCE, figure.value, 0, figure.value, figure.rule, worked_on=day,
                versions={figure.name: figure.key},
            )
        )  # fmt: skip
        cited.append(figure)
    return lines, tuple(cited)


def _put_aside(
    pack: Pack, ask: SlipAsk, gross: Money, allowance: Money
) -> tuple[list[SlipLine], tuple[Cited, ...]]:
    """Leave earned by the hour, and the place's yearly benefits on this pay: owed to her.

    A twelfth of what a year of such months earns, so that the year's interest is set aside whole.
    """
    lines: list[SlipLine] = []
    cited: list[Cited] = []
    seconds = sum(row.paid_seconds for row in ask.rows)
    leave = pack.number(Name.LEAVE_PER_HOUR, ask.law_on)
    if leave is not None:
        worth = sum((Fraction(r.rate.minor * r.paid_seconds, 3600) for r in ask.rows), Fraction(0))
        earned = int(seconds * leave.value)
        lines.append(
            SlipLine(
                LineKind.LEAVE, settled(pack, worth * leave.value), earned, gross, leave.rule,
                versions={leave.name: leave.key},
            )
        )  # fmt: skip
        cited.append(leave)
    for benefit in law.benefits(
        pack, wage=gross, days=360, on=ask.law_on, transport=allowance, part=Fraction(1, 12)
    ):
        if leave is not None and benefit.id == "vacaciones":
            continue
        lines.append(
            SlipLine(
                LineKind.BENEFIT, benefit.amount, 0, gross,
                saying("%(name)s: %(rule)s", name=saying(benefit.name), rule=benefit.rule),
                versions={benefit.id: benefit.cited.key},
            )
        )  # fmt: skip
        cited.append(benefit.cited)
    return [line for line in lines if line.amount], tuple(cited)
