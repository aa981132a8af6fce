"""What several forms ask with."""

from __future__ import annotations

from uuid import UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

from django import forms

from coop.kernel import TimeRange


class RequestField(forms.UUIDField):
    """The number of a wish, made with the page: sent twice, it is one wish."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, initial=uuid4)


def request_of(form: forms.Form) -> UUID:
    """The number of what this page wishes: another wish from the same page has another."""
    said = sorted((name, str(value)) for name, value in form.cleaned_data.items())
    return uuid5(form.cleaned_data["request_id"] or uuid4(), repr(said))


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
