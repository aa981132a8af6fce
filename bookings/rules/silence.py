"""What it means when one side says nothing about the time of a visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bookings.types import Side
from coop.kernel import BadInput, TimeRange


@dataclass(frozen=True, slots=True)
class Silence:
    """After so many hours without an answer a word counts; `beyond`: also past what was booked."""

    hours: int
    beyond: bool


def silence(terms: Any) -> Silence:
    """{"hours": 24, "beyond": false}; of one hour to a week."""
    if not isinstance(terms, Mapping) or set(terms) != {"hours", "beyond"}:
        raise BadInput("terms_unreadable", "These terms say beyond, hours and nothing else.")
    hours, beyond = terms["hours"], terms["beyond"]
    if isinstance(hours, bool) or not isinstance(hours, int) or not 1 <= hours <= 168:
        raise BadInput("terms_unreadable", "hours is a whole number between 1 and 168.")
    if not isinstance(beyond, bool):
        raise BadInput("terms_unreadable", "beyond is true or false.")
    return Silence(hours, beyond)


def absence_by_silence(speaker: Side) -> bool:
    """Whether a visit did not take place because the other side was silent about that word.

    A worker's silence gives up nothing of the time that was booked with her: the office asks. A
    household's silence agrees that she could not get in, which costs less than what it booked.
    """
    return speaker is Side.WORKER


def agreed_by_silence(
    speaker: Side, declared: TimeRange, booked: TimeRange, rule: Silence
) -> tuple[TimeRange, bool]:
    """The time that counts when the other side was silent, and whether that is all of it.

    A household's silence agrees with no more than it booked, unless the members said otherwise. A
    worker's silence gives up nothing of the time that was booked with her.
    """
    if speaker is Side.WORKER:
        if rule.beyond or declared.duration <= booked.duration:
            return declared, True
        return TimeRange(declared.start, declared.start + booked.duration), False
    return declared, declared.duration >= booked.duration
