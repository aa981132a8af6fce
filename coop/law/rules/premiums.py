"""What an hour of a special kind earns: overtime, rest day, holiday, night, minimum visit."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from coop.kernel import BadInput, Money, saying, together
from coop.law.types import Figure, Name, Pack, PremiumResult

KINDS = ("ordinary", "overtime", "rest_day", "holiday", "night")


def multiplier(
    pack: Pack,
    on: date,
    *,
    overtime: bool = False,
    night: bool = False,
    rest_day: bool = False,
    holiday: bool = False,
    usual_rest_day: bool = False,
) -> tuple[Fraction, tuple[Figure[Fraction], ...]]:
    """The multiplier of an hour with these marks, and the figures behind it.

    Night overtime has its own figure where the law names one; a rest day that is also a holiday
    bears one premium. Several premiums are added, or the highest holds, as the pack says.
    """
    found: list[Figure[Fraction]] = []
    if overtime:
        both = pack.number(Name.OVERTIME_NIGHT_MULTIPLIER, on) if night else None
        found.append(both or pack.must(Name.OVERTIME_MULTIPLIER, on))
        night = night and both is None
    if rest_day or holiday:
        found.append(_free_day(pack, on, rest_day, holiday, usual_rest_day))
    extras = [figure.value - 1 for figure in found]
    if night and (premium := pack.number(Name.NIGHT_PREMIUM, on)):
        found.append(premium)
        extras.append(premium.value)
    joined = sum(extras, Fraction(0)) if pack.premiums_combine == "add" else max(extras, default=0)
    return 1 + Fraction(joined), tuple(found)


def _free_day(pack: Pack, on: date, rest_day: bool, holiday: bool, usual: bool) -> Figure[Fraction]:
    choices: list[Figure[Fraction]] = []
    if rest_day:
        lower = pack.number(Name.REST_DAY_USUAL_MULTIPLIER, on) if usual else None
        choices.append(lower or pack.must(Name.REST_DAY_MULTIPLIER, on))
    if holiday:
        choices.append(pack.must(Name.HOLIDAY_MULTIPLIER, on))
    return max(choices, key=lambda figure: figure.value)


def premium(
    pack: Pack,
    *,
    kind: str,
    hourly: Money,
    hours: Fraction | int,
    on: date,
    night: bool = False,
    usual_rest_day: bool = False,
) -> PremiumResult:
    """What so many hours of one kind earn at an hourly wage; a short visit is paid its minimum."""
    if kind not in KINDS:
        words = ", ".join(KINDS)
        raise BadInput(
            "premium_unknown", "%(kind)r is not one of %(kinds)s.", kind=kind, kinds=words
        )
    times, figures = multiplier(
        pack, on, overtime=kind == "overtime", night=night or kind == "night",
        rest_day=kind == "rest_day", holiday=kind == "holiday", usual_rest_day=usual_rest_day,
    )  # fmt: skip
    rules = [figure.rule for figure in figures] or [saying("ordinary pay")]
    worked = Fraction(hours)
    least = None if kind == "overtime" else pack.number(Name.MINIMUM_VISIT_HOURS, on)
    paid = worked
    if least is not None and 0 < worked < least.value:
        paid, figures = least.value, (*figures, least)
        rules.append(saying("%(worked)s hours are paid as %(paid)s", worked=worked, paid=paid))
    ordinary, whole = hourly.times(paid), hourly.times(paid * times)
    return PremiumResult(
        kind=kind,
        hours=worked,
        paid_hours=paid,
        ordinary=ordinary,
        extra=whole - ordinary,
        total=whole,
        multiplier=times,
        rule=together(rules),
        cited=figures,
    )
