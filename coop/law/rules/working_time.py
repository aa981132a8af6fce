"""The limits of working time as dated figures, and whether a week keeps them."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction

from coop.kernel import RuleBroken
from coop.law.rules.settling import plain
from coop.law.types import Cited, Figure, Name, Pack, WorkingTime


def working_time(pack: Pack, on: date) -> WorkingTime:
    """All limits in force on a day. Raises RuleBroken "law_silent" without a limit of the week."""
    return WorkingTime(
        week_max=pack.must(Name.WEEK_HOURS_MAX, on),
        day_max=pack.number(Name.DAY_HOURS_MAX, on),
        day_max_six_days=pack.number(Name.DAY_HOURS_MAX_SIX_DAYS, on),
        overtime_week_max=pack.number(Name.OVERTIME_WEEK_HOURS_MAX, on),
        work_day_max=pack.number(Name.WORK_DAY_HOURS_MAX, on),
        daily_rest=pack.number(Name.DAILY_REST_HOURS, on),
        weekly_rest=pack.number(Name.WEEKLY_REST_HOURS, on),
        meal_after=pack.number(Name.MEAL_AFTER_HOURS, on),
        meal_minutes=pack.number(Name.MEAL_MINUTES, on),
        night_from=pack.clock(Name.NIGHT_FROM, on),
        night_to=pack.clock(Name.NIGHT_TO, on),
        minimum_visit=minimum_visit_hours(pack, on),
    )


def week_hours_max(pack: Pack, on: date) -> Figure[Fraction]:
    """The ordinary hours of a week, beyond which work is overtime."""
    return pack.must(Name.WEEK_HOURS_MAX, on)


def day_hours_max(pack: Pack, on: date, days_per_week: int = 5) -> Figure[Fraction]:
    """The ordinary hours of a day for somebody who works so many days a week."""
    six = pack.number(Name.DAY_HOURS_MAX_SIX_DAYS, on)
    if six is not None and days_per_week > 5:
        return six
    return pack.must(Name.DAY_HOURS_MAX, on)


def minimum_visit_hours(pack: Pack, on: date) -> Figure[Fraction] | None:
    """The hours that are paid for a shorter call-out; None where the law names none."""
    return pack.number(Name.MINIMUM_VISIT_HOURS, on)


def is_night(pack: Pack, on: date, at: time) -> bool:
    """Whether a wall-clock time lies in the night window of the place."""
    start, end = pack.clock(Name.NIGHT_FROM, on), pack.clock(Name.NIGHT_TO, on)
    if start is None or end is None:
        return False
    if start.value <= end.value:
        return start.value <= at < end.value
    return at >= start.value or at < end.value


def check_week(pack: Pack, *, hours: Fraction | int, on: date) -> tuple[Cited, ...]:
    """Refuse a week beyond ordinary plus permitted overtime hours ("week_too_long")."""
    ordinary = pack.must(Name.WEEK_HOURS_MAX, on)
    extra = pack.number(Name.OVERTIME_WEEK_HOURS_MAX, on)
    most = ordinary.value + (extra.value if extra else 0)
    if hours > most:
        raise RuleBroken(
            "week_too_long",
            "%(hours)s hours in a week pass the %(limit)s that the law allows"
            " (%(rule)s; %(title)s). Give hours to another worker.",
            hours=plain(Fraction(hours)),
            limit=plain(most),
            rule=ordinary.rule,
            title=ordinary.source.title,
        )
    return (ordinary, extra) if extra else (ordinary,)
