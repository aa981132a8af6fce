"""Money, hours and days as a person reads them: in her language, in full, never cut short."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, format_percent
from django import template
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from coop.kernel import Money, Rate, TimeRange, round_fraction

register = template.Library()

#: Whose habits of writing an amount go with a currency.
HOME_OF = {
    "ZAR": "ZA", "COP": "CO", "KES": "KE", "BRL": "BR", "TTD": "TT", "DOP": "DO",
    "RWF": "RW", "INR": "IN", "ARS": "AR", "UGX": "UG", "EUR": "ES", "USD": "US",
}  # fmt: skip


def locale(territory: str | None = None) -> Locale:
    """The language in use, with a territory's habits where such a pair is known."""
    return _known((get_language() or "en").replace("-", "_").split("_")[0], territory)


@cache
def _known(language: str, territory: str | None) -> Locale:
    for name in (f"{language}_{territory}", language, "en"):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("English is always known.")


@register.filter
def money(amount: Money | None) -> str:
    """An amount with its currency, to the last minor unit; nothing for no amount."""
    if amount is None:
        return ""
    return format_currency(
        Decimal(amount.major()), amount.currency, locale=locale(HOME_OF[amount.currency])
    )


@register.filter
def said(value: Money | str) -> str:
    """An amount as `money` writes it, words as they are."""
    return money(value) if isinstance(value, Money) else value


def write(fact: object) -> object:
    """A fact of a sentence as the reader of now writes it."""
    if isinstance(fact, Money):
        return money(fact)
    if isinstance(fact, date):
        return day(fact)
    if isinstance(fact, Rate | Fraction):
        share = isinstance(fact, Rate)
        exact = fact.value * 100 if isinstance(fact, Rate) else fact
        digits = Decimal(round_fraction(exact * 1000)) / 1000
        return format_decimal(digits, format="#,##0.###", locale=locale()) + ("%" if share else "")
    return str(fact)


@register.filter
def ours(text: str) -> str:
    """A stored name that is one of ours in the reader's language; what members wrote, as it is."""
    return _(text) if text else ""


@register.filter
def change(amount: Money | None) -> str:
    """An amount as a change: a plus before what is more, a minus sign before what is less."""
    if amount is None:
        return ""
    return ("+" if amount.minor > 0 else "−" if amount.minor < 0 else "") + money(
        -amount if amount.minor < 0 else amount
    )


def _spoken(minutes: int) -> str:
    whole, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else ""
    if whole and rest:
        return sign + _("%(hours)s h %(minutes)s min") % {"hours": whole, "minutes": rest}
    if whole:
        return sign + _("%(hours)s h") % {"hours": whole}
    return sign + _("%(minutes)s min") % {"minutes": rest}


@register.filter
def hours(value: int | timedelta | TimeRange | None) -> str:
    """Seconds, a timedelta or a TimeRange as hours and minutes: "3 h 30 min"."""
    if value is None:
        return ""
    if isinstance(value, TimeRange):
        value = value.seconds
    if isinstance(value, timedelta):
        value = value.days * 86_400 + value.seconds
    return _spoken(round_fraction(Fraction(value, 60)))


@register.filter
def minutes(value: int | None) -> str:
    """Whole minutes as hours and minutes: 95 → "1 h 35 min"."""
    return "" if value is None else _spoken(value)


def _zone(zone: str | tzinfo | None) -> tzinfo:
    if isinstance(zone, str) and zone:
        return ZoneInfo(zone)
    return zone if isinstance(zone, tzinfo) else timezone.get_current_timezone()


def _day(value: date, pattern: str = "EEE d MMM") -> str:
    return format_date(value, format=pattern, locale=locale())


def _time(value: datetime) -> str:
    return format_time(value, format="HH:mm", locale=locale())


@register.filter
def day(value: date | datetime | TimeRange | None, zone: str | tzinfo | None = None) -> str:
    """A day with its weekday and year, in the zone given for an instant: "Tue 3 Mar 2026"."""
    if value is None:
        return ""
    return _day(_date(value, zone), "EEE d MMM y")


@register.filter
def long_day(value: date | datetime | TimeRange | None, zone: str | tzinfo | None = None) -> str:
    """A day in full words: "Tuesday 3 March"."""
    return "" if value is None else _day(_date(value, zone), "EEEE d MMMM")


def _date(value: date | datetime | TimeRange, zone: str | tzinfo | None) -> date:
    if isinstance(value, TimeRange):
        value = value.start
    if isinstance(value, datetime):
        return value.astimezone(_zone(zone)).date()
    return value


@register.filter
def last_day(end: date | None) -> date | None:
    """The last day of a period whose end is the first day after it."""
    return None if end is None else end - timedelta(days=1)


@register.filter
def month(value: date | None) -> str:
    """A month and its year: "March 2026"."""
    return "" if value is None else format_date(value, format="LLLL y", locale=locale())


@register.filter
def span(value: TimeRange | None, zone: str | tzinfo | None = None) -> str:
    """Only the times of a stretch: "09:00–13:00"; a night says on which day it ends."""
    if value is None:
        return ""
    start, end = (instant.astimezone(_zone(zone)) for instant in (value.start, value.end))
    if start.date() == end.date():
        return f"{_time(start)}–{_time(end)}"
    return f"{_time(start)} – {_day(end)}, {_time(end)}"


@register.filter
def clock(value: TimeRange | datetime | None, zone: str | tzinfo | None = None) -> str:
    """Day and time in a place: "Tue 3 Mar, 09:00–13:00"; an instant has one time."""
    if value is None:
        return ""
    if isinstance(value, TimeRange):
        return f"{_day(_date(value, zone))}, {span(value, zone)}"
    local = value.astimezone(_zone(zone))
    return f"{_day(local)}, {_time(local)}"


@register.filter
def time_of(value: datetime | None, zone: str | tzinfo | None = None) -> str:
    """Only the time of an instant in a place: "09:00"."""
    return "" if value is None else _time(value.astimezone(_zone(zone)))


@register.filter
def iso(value: TimeRange | datetime | date | None) -> str:
    """The machine's way to write it, for `<time datetime>`."""
    if isinstance(value, TimeRange):
        value = value.start
    return "" if value is None else value.isoformat()


@register.filter
def percent(value: Fraction | Decimal | int | str | None, digits: int = 2) -> str:
    """A share as a percentage with at most so many digits after the point: 1/8 → "12.5%"."""
    if value is None:
        return ""
    exact = value if isinstance(value, Fraction) else Fraction(Decimal(value))
    hundredths = Decimal(round_fraction(exact * 10_000)) / 10_000
    mark = f"#,##0.{'#' * digits}".rstrip(".")
    return format_percent(hundredths, format=f"{mark}%", locale=locale())


@register.filter
def number(value: int | Decimal | Fraction | None) -> str:
    """A number with the language's own marks; a fraction to two digits."""
    if value is None:
        return ""
    if isinstance(value, Fraction):
        value = Decimal(round_fraction(value * 100)) / 100
    return format_decimal(value, format="#,##0.##", locale=locale())


@register.filter
def until(later: datetime | None, now: datetime | None = None) -> str:
    """How long from `now` (the door's clock) to an instant: "2 h 5 min", "3 days", "" when past."""
    if later is None or now is None or later <= now:
        return ""
    gap = later - now
    if gap.days >= 2:
        return ngettext("%(days)s day", "%(days)s days", gap.days) % {"days": gap.days}
    return _spoken(max(1, (gap.days * 86_400 + gap.seconds) // 60))


@register.filter
def standing(card: Any, now: datetime) -> str:
    """The state of a visit or a proposal as it is at this moment, when its time has passed."""
    state = str(card.state.value)
    if state == "voting":
        return "counting" if card.closes_at and card.closes_at <= now else state
    if state not in {"confirmed", "in_progress"}:
        return state
    return "over" if card.ended_at is not None or card.during.end <= now else state
