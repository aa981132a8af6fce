"""The law's limits over all her hours, this visit included."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from bookings.matching.needs import Limits
from bookings.types import CheckLine
from coop.kernel import TimeRange, saying


def working_time(
    limits: Limits, busy: Sequence[TimeRange], during: TimeRange, zone: str
) -> tuple[CheckLine, ...]:
    """One line per limit the law has."""
    tz = ZoneInfo(zone)
    work = [*busy, during]
    weeks = [(week, _within(work, week)) for week in _weeks(during, tz)]
    lines = _day(limits, work, weeks[0][1], during, tz)
    if limits.week_max is not None:
        lines.append(_week(max(_hours(spans) for _, spans in weeks), limits.week_max, limits))
    if limits.daily_rest is not None:
        lines.append(_daily_rest(_shortest_rest(busy, during, tz), limits.daily_rest))
    if limits.weekly_rest is not None:
        rest = min(_longest_gap(spans, week) for week, spans in weeks)
        said = saying(
            "%(rest)s of at least %(limit)s h rest in the week",
            rest=_near(rest), limit=_near(limits.weekly_rest),
        )  # fmt: skip
        lines.append(CheckLine("weekly_rest", rest >= limits.weekly_rest, said))
    return tuple(lines)


def _day(
    limits: Limits,
    work: Sequence[TimeRange],
    week: Sequence[TimeRange],
    during: TimeRange,
    tz: ZoneInfo,
) -> list[CheckLine]:
    """The day's limit as a list; empty where the law has none."""
    day = _date(during.start, tz)
    today = [span for span in work if _date(span.start, tz) == day]
    days = len({_date(span.start, tz) for span in week})
    most = limits.day_max
    if days > 5 and limits.day_max_six_days is not None:
        most = limits.day_max_six_days
    if most is None:
        return []
    hours = _hours(today)
    said = saying(
        "%(hours)s of %(limit)s h on the day (%(rule)s)",
        hours=_near(hours), limit=_near(most), rule=limits.day_source,
    )  # fmt: skip
    return [CheckLine("day", hours <= most, said)]


def _week(hours: Fraction, most: Fraction, limits: Limits) -> CheckLine:
    said = saying(
        "%(hours)s of %(limit)s h in the week (%(rule)s)",
        hours=_near(hours), limit=_near(most), rule=limits.source,
    )  # fmt: skip
    return CheckLine("week", hours <= most, said)


def _daily_rest(rest: Fraction | None, least: Fraction) -> CheckLine:
    if rest is None:
        said = saying(
            "no other work near; %(limit)s h rest between days are kept", limit=_near(least)
        )
        return CheckLine("daily_rest", True, said)
    said = saying(
        "%(rest)s of at least %(limit)s h rest between days", rest=_near(rest), limit=_near(least)
    )
    return CheckLine("daily_rest", rest >= least, said)


def _weeks(during: TimeRange, tz: ZoneInfo) -> list[TimeRange]:
    """The weeks of the place that the visit touches: two, when a night goes into a Monday."""
    day = _date(during.start, tz)
    monday = day - timedelta(days=day.weekday())
    starts = [datetime.combine(monday + timedelta(days=7 * n), time(), tzinfo=tz) for n in range(3)]
    weeks = [TimeRange(starts[0], starts[1]), TimeRange(starts[1], starts[2])]
    return [week for week in weeks if week.overlaps(during)]


def _within(work: Sequence[TimeRange], week: TimeRange) -> list[TimeRange]:
    return [part for span in work if (part := span.intersect(week))]


def _shortest_rest(busy: Sequence[TimeRange], during: TimeRange, tz: ZoneInfo) -> Fraction | None:
    """Hours between this day of work and the nearest other; None when there is none near."""
    day = _date(during.start, tz)
    same_day = [during, *(span for span in busy if _date(span.start, tz) == day)]
    first, last = min(s.start for s in same_day), max(s.end for s in same_day)
    others = [span for span in busy if _date(span.start, tz) != day]
    gaps = [first - span.end if span.start < first else span.start - last for span in others]
    return min((_as_hours(gap) for gap in gaps), default=None)


def _longest_gap(spans: Sequence[TimeRange], week: TimeRange) -> Fraction:
    reached, longest = week.start, timedelta()
    for span in sorted(spans):
        longest = max(longest, span.start - reached)
        reached = max(reached, span.end)
    return _as_hours(max(longest, week.end - reached))


def _hours(spans: Sequence[TimeRange]) -> Fraction:
    return Fraction(sum(span.seconds for span in spans), 3600)


def _as_hours(delta: timedelta) -> Fraction:
    return Fraction(delta.days * 86_400 + delta.seconds, 3600)


def _date(instant: datetime, tz: ZoneInfo) -> date:
    return instant.astimezone(tz).date()


def _near(value: Fraction) -> Fraction:
    """Hours to two digits; shown only, never compared."""
    return Fraction(round(value * 100), 100)
