"""When a visit counts as it was booked, and what is not in dispute."""

from __future__ import annotations

from datetime import datetime, timedelta

from coop.kernel import TimeRange

#: So near to the booked time, nobody counts minutes.
GRACE = timedelta(minutes=10)
_MINUTE = timedelta(minutes=1)


def as_declared(started: datetime, ended: datetime, booked: TimeRange) -> TimeRange:
    """The booked time when both ends are near it, else the whole minutes she was there."""
    near = abs(started - booked.start) <= GRACE and abs(ended - booked.end) <= GRACE
    if near:
        return booked
    start = started.replace(second=0, microsecond=0)
    end = ended.replace(second=0, microsecond=0)
    if end < ended:
        end += _MINUTE
    return TimeRange(start, max(end, start + _MINUTE))


def undisputed(one: TimeRange, other: TimeRange) -> TimeRange:
    """What both sides say. Never empty, and the same whoever spoke first.

    When they share no minute they still agree that there was work, at least as long as the shorter
    of the two says: that is paid at once, in the shorter's place (of equals, the earlier).
    """
    return one.intersect(other) or min(one, other, key=lambda span: (span.seconds, span.start))
