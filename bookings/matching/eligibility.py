"""The conditions a candidate passes or fails; every one is kept, not only the first failure."""

from __future__ import annotations

from fractions import Fraction

from bookings.matching.distance import metres
from bookings.matching.free import is_free, is_on_leave
from bookings.matching.needs import Candidate, Need
from bookings.matching.working_time import working_time
from bookings.types import CheckLine
from coop.kernel import Said, saying


def checks(need: Need, who: Candidate) -> tuple[tuple[CheckLine, ...], int | None]:
    """Every condition in a fixed order, and how far she lives (None when she did not say)."""
    way = metres(who.place, need.place) if who.place is not None else None
    clash = any(span.overlaps(need.during) for span in who.busy)
    leave = is_on_leave(who.hours, need.during, need.zone)
    free = is_free(who.hours, need.during, need.zone)
    lines = (
        _line("skill", need.skill in who.skills,
              saying("can do %(skill)s", skill=saying(need.skill_name)),
              saying("lacks the skill")),
        _line("not_asked", not who.asked,
              _first_or_again(who), saying("was asked for this visit already")),
        _line("avoid", not who.avoided,
              saying("no objection"), saying("one side does not want the other")),
        _line("leave", not leave, saying("not on leave"), saying("is on leave")),
        _line("free", free,
              saying("is free at that time"), saying("did not say she is free then")),
        _line("place", not clash,
              saying("is nowhere else"), saying("is elsewhere at that time")),
        *working_time(need.limits, who.busy, need.during, need.zone),
        _distance(way, who.travels_km),
    )  # fmt: skip
    return lines, way


def _line(name: str, passed: bool, yes: Said, no: Said) -> CheckLine:
    return CheckLine(name, passed, yes if passed else no)


def _first_or_again(who: Candidate) -> Said:
    if who.again:
        return saying("did not answer in time, and nobody else is left: asked once more")
    return saying("not asked yet")


def _distance(way: int | None, travels_km: int) -> CheckLine:
    if way is None:
        return CheckLine("distance", True, saying("has not said where she starts from"))
    said = saying(
        "%(way)s km of the %(most)s km she travels", way=Fraction(way // 100, 10), most=travels_km
    )
    return CheckLine("distance", way <= travels_km * 1000, said)
