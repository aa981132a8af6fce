"""Courtesy: what a page asks, read into plain values; operations ask what may happen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from bookings.types import PaidBy, Weekly, WorkerReason
from coop.kernel import TimeRange

#: "once" or every so many weeks.
RHYTHMS = [("0", _("Once")), ("1", _("Every week")), ("2", _("Every second week"))]
WEEKDAYS = [
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
    _("Sunday"),
]  # fmt: skip


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


class NeedForm(forms.Form):
    """What a household needs: a service, a place, a time, once or again."""

    service = forms.ChoiceField(label=_("What do you need?"), widget=forms.RadioSelect)
    address = forms.ChoiceField(label=_("Where?"), widget=forms.RadioSelect)
    on = forms.DateField(label=_("On which day?"), widget=DayInput())
    starts = forms.TimeField(label=_("From"), widget=ClockInput())
    ends = forms.TimeField(label=_("Until"), widget=ClockInput())
    every = forms.ChoiceField(
        label=_("How often?"), choices=RHYTHMS, widget=forms.RadioSelect, initial="0"
    )
    count = forms.IntegerField(
        label=_("How many visits, if it comes again?"), min_value=2, max_value=52, initial=8,
        required=False,
    )  # fmt: skip
    paid_by = forms.ChoiceField(
        label=_("How do you pay?"),
        choices=[
            (PaidBy.CARD.value, _("By card, after the visit")),
            (PaidBy.MANUAL.value, _("By bank, mobile money or cash")),
        ],
        widget=forms.RadioSelect,
        initial=PaidBy.CARD.value,
    )

    def __init__(
        self,
        *args: Any,
        services: Sequence[tuple[str, str]],
        addresses: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("service", services), ("address", addresses)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)
            if len(choices) == 1:
                field.initial = choices[0][0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("starts") is not None and cleaned.get("starts") == cleaned.get("ends"):
            self.add_error("ends", now_("A visit ends after it starts."))
        return cleaned

    def during(self, zone: str) -> TimeRange:
        data = self.cleaned_data
        return TimeRange.on_wall(data["on"], data["starts"], data["ends"], zone)

    def address_id(self) -> UUID:
        return UUID(self.cleaned_data["address"])

    def rhythm(self) -> tuple[int, int]:
        """Every so many weeks (0: once) and how many dates."""
        return int(self.cleaned_data["every"]), self.cleaned_data["count"] or 8


def weekly_of(during: TimeRange, zone: str, every: int, count: int) -> Weekly:
    """The series whose first date is this stretch of time, by the wall clock of the place."""
    start, end = (moment.astimezone(ZoneInfo(zone)) for moment in (during.start, during.end))
    return Weekly(start.date(), start.time(), end.time(), zone, every, count)


class RhythmForm(forms.Form):
    """How often, carried from the price to the booking."""

    every = forms.IntegerField(min_value=0, max_value=12, required=False)
    count = forms.IntegerField(min_value=2, max_value=52, required=False)


class BookForm(forms.Form):
    """The last word of a household before it books."""

    wishes = forms.CharField(
        label=_("Anything she should know?"),
        help_text=_("Such as: there is a dog. Please write no names, codes or addresses."),
        required=False, max_length=500, widget=forms.Textarea(attrs={"rows": "3"}),
    )  # fmt: skip


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"), required=False, max_length=300,
        help_text=_("Only the office reads it."),
    )  # fmt: skip


class CannotGoForm(forms.Form):
    """Why a worker cannot go; none of the answers leaves a mark."""

    reason = forms.ChoiceField(
        label=_("What keeps you?"),
        choices=[
            (WorkerReason.ILLNESS.value, _("I am ill")),
            (WorkerReason.CARE.value, _("Somebody needs my care")),
            (WorkerReason.UNSAFE.value, _("I do not feel safe there")),
        ],
        widget=forms.RadioSelect,
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The household's code"), required=False, max_length=4,
        help_text=_("Four digits. Without it, the household also taps “she is here”."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip


class TimesForm(forms.Form):
    """When the visit really was, by the wall clock of the place."""

    starts = forms.TimeField(label=_("From"), widget=ClockInput())
    ends = forms.TimeField(label=_("Until"), widget=ClockInput())
    note = forms.CharField(
        label=_("What happened?"), required=False, max_length=300,
        widget=forms.Textarea(attrs={"rows": "2"}),
    )  # fmt: skip

    def during(self, day: date, zone: str) -> TimeRange:
        return TimeRange.on_wall(day, self.cleaned_data["starts"], self.cleaned_data["ends"], zone)


def times_from(during: TimeRange, zone: str) -> dict[str, time]:
    """First answers for a TimesForm."""
    place = ZoneInfo(zone)
    return {
        "starts": during.start.astimezone(place).time(),
        "ends": during.end.astimezone(place).time(),
    }


class WeekForm(forms.Form):
    """Her week: one stretch of hours a day, or none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day, word in enumerate(WEEKDAYS):
            for name, said in (("starts", _("from")), ("ends", _("until"))):
                self.fields[f"{name}_{day}"] = forms.TimeField(
                    label=f"{word}, {said}",
                    required=False,
                    widget=ClockInput(f"{word}, {said}"),
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for day in range(7):
            starts, ends = cleaned.get(f"starts_{day}"), cleaned.get(f"ends_{day}")
            if (starts is None) != (ends is None):
                field = f"ends_{day}" if ends is None else f"starts_{day}"
                self.add_error(field, now_("Say both: from when and until when."))
            elif starts is not None and starts == ends:
                self.add_error(f"ends_{day}", now_("The end is not the start."))
        return cleaned

    def hours(self) -> list[tuple[int, time, time]]:
        data = self.cleaned_data
        return [
            (day, data[f"starts_{day}"], data[f"ends_{day}"])
            for day in range(7)
            if data.get(f"starts_{day}") is not None
        ]

    def days(self) -> list[tuple[Any, Any, Any]]:
        """Word, from and until of each day, for the page."""
        return [(WEEKDAYS[d], self[f"starts_{d}"], self[f"ends_{d}"]) for d in range(7)]


class DayOffForm(forms.Form):
    """One date that differs: other hours, or none."""

    on = forms.DateField(label=_("Which day?"), widget=DayInput())
    starts = forms.TimeField(
        label=_("Free from"), required=False, widget=ClockInput(),
        help_text=_("Leave both empty: not free that day."),
    )  # fmt: skip
    ends = forms.TimeField(label=_("Free until"), required=False, widget=ClockInput())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("starts") is None) != (cleaned.get("ends") is None):
            self.add_error("ends", now_("Say both: from when and until when."))
        return cleaned


class LeaveForm(forms.Form):
    """Days away."""

    first = forms.DateField(label=_("First day away"), widget=DayInput())
    last = forms.DateField(label=_("Last day away"), widget=DayInput())
    kind = forms.ChoiceField(
        label=_("What kind?"),
        choices=[
            ("annual", _("Holiday")), ("sick", _("Illness")), ("family", _("Family")),
            ("parental", _("A new child")), ("other", _("Something else")),
        ],
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("first") and cleaned.get("last") and cleaned["last"] < cleaned["first"]:
            self.add_error("last", now_("The last day is not before the first."))
        return cleaned


def soon(now: datetime, zone: str) -> date:
    """The day a household most likely means: tomorrow in its place."""
    return (now.astimezone(ZoneInfo(zone)) + timedelta(days=1)).date()
