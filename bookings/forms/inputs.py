"""What several forms ask with."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django import forms

from coop.kernel import TimeRange


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, said: str = "") -> None:
        """`said` names the field where the page shows no label for it."""
        named = {"aria-label": said} if said else {}
        super().__init__(format="%H:%M", attrs={"step": "900", **named})


def clocks(during: TimeRange, zone: str) -> str:
    """Hours by the wall clock of the place, held on one line: "09:00–13:00"."""
    place = ZoneInfo(zone)
    return "\u2060–\u2060".join(f"{i.astimezone(place):%H:%M}" for i in (during.start, during.end))
