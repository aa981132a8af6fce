"""The conditions a candidate passes or fails; every one is kept, not only the first failure."""

from __future__ import annotations

from bookings.matching.distance import metres
from bookings.matching.free import is_free, is_on_leave
from bookings.matching.needs import Candidate, Need
from bookings.matching.working_time import working_time
from bookings.types import CheckLine


def checks(need: Need, who: Candidate) -> tuple[tuple[CheckLine, ...], int | None]:
    """Every condition in a fixed order, and how far she lives (None when she did not say)."""
    way = metres(who.place, need.place) if who.place is not None else None
    clash = any(span.overlaps(need.during) for span in who.busy)
    leave = is_on_leave(who.hours, need.during, need.zone)
    free = is_free(who.hours, need.during, need.zone)
    lines = (
        _line("skill", need.skill in who.skills, f"can do {need.skill_name}", "lacks the skill"),
        _line("not_asked", not who.asked, _first_or_again(who), "was asked for this visit already"),
        _line("avoid", not who.avoided, "no objection", "one side does not want the other"),
        _line("leave", not leave, "not on leave", "is on leave"),
        _line("free", free, "is free at that time", "did not say she is free then"),
        _line("place", not clash, "is nowhere else", "is elsewhere at that time"),
        *working_time(need.limits, who.busy, need.during, need.zone),
        _distance(way, who.travels_km),
    )
    return lines, way


def _line(name: str, passed: bool, yes: str, no: str) -> CheckLine:
    return CheckLine(name, passed, yes if passed else no)


def _first_or_again(who: Candidate) -> str:
    if who.again:
        return "did not answer in time, and nobody else is left: asked once more"
    return "not asked yet"


def _distance(way: int | None, travels_km: int) -> CheckLine:
    if way is None:
        return CheckLine("distance", True, "has not said where she starts from")
    said = f"{way // 1000}.{way % 1000 // 100} km of the {travels_km} km she travels"
    return CheckLine("distance", way <= travels_km * 1000, said)
