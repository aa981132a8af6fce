"""The law's limits over all her hours, this visit included."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from bookings.matching.needs import Limits
from bookings.types import CheckLine
from coop.kernel import TimeRange


def working_time(
    limits: Limits, busy: Sequence[TimeRange], during: TimeRange, zone: str
) -> tuple[CheckLine, ...]:
    """One line per limit the law has."""
    tz = ZoneInfo(zone)
    work = [*busy, during]
    weeks = [(week, _within(work, week)) for week in _weeks(during, tz)]
    lines = _day(limits, work, weeks[0][1], during, tz)
    if limits.week_max is not None:
        hours = max(_hours(spans) for _, spans in weeks)
        lines.append(_at_most("week", hours, limits.week_max, "h in the week", limits.source))
    if limits.daily_rest is not None:
        rest = _shortest_rest(busy, during, tz)
        lines.append(_at_least("daily_rest", rest, limits.daily_rest, "h rest between days"))
    if limits.weekly_rest is not None:
        rest = min(_longest_gap(spans, week) for week, spans in weeks)
        lines.append(_at_least("weekly_rest", rest, limits.weekly_rest, "h rest in the week"))
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
    return [_at_most("day", _hours(today), most, "h on the day", limits.day_source)]


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


def _at_most(name: str, value: Fraction, most: Fraction, unit: str, source: str) -> CheckLine:
    return CheckLine(name, value <= most, f"{_plain(value)} of {_plain(most)} {unit} ({source})")


def _at_least(name: str, value: Fraction | None, least: Fraction, unit: str) -> CheckLine:
    if value is None:
        return CheckLine(name, True, f"no other work near; {_plain(least)} {unit} are kept")
    return CheckLine(name, value >= least, f"{_plain(value)} of at least {_plain(least)} {unit}")


def _hours(spans: Sequence[TimeRange]) -> Fraction:
    return Fraction(sum(span.seconds for span in spans), 3600)


def _as_hours(delta: timedelta) -> Fraction:
    return Fraction(delta.days * 86_400 + delta.seconds, 3600)


def _date(instant: datetime, tz: ZoneInfo) -> date:
    return instant.astimezone(tz).date()


def _plain(value: Fraction) -> str:
    """Hours with at most two digits; shown only, never compared."""
    hundredths = round(value * 100)
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
