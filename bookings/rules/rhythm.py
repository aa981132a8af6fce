"""A kept rhythm, read back into its dates."""

from __future__ import annotations

from datetime import date, timedelta


def dates_of(rrule: str, first_on: date) -> tuple[date, ...]:
    """The dates a kept `Weekly.rrule` stands for."""
    said = dict(part.split("=") for part in rrule.split(";"))
    gap = timedelta(weeks=int(said["INTERVAL"]))
    return tuple(first_on + gap * n for n in range(int(said["COUNT"])))
