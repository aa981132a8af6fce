"""When a worker can work."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from bookings.forms.inputs import ClockInput, DayInput, RequestField

WEEKDAYS = [
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
    _("Sunday"),
]  # fmt: skip
#: The kinds of leave that an operation knows, in words.
LEAVE_KINDS = {
    "leave": _("Holiday"), "illness": _("Illness"), "family": _("Family"),
    "training": _("Training"),
}  # fmt: skip


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

    request_id = RequestField()
    first = forms.DateField(label=_("First day away"), widget=DayInput())
    last = forms.DateField(label=_("Last day away"), widget=DayInput())
    kind = forms.ChoiceField(
        label=_("What kind?"),
        choices=list(LEAVE_KINDS.items()),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("first") and cleaned.get("last") and cleaned["last"] < cleaned["first"]:
            self.add_error("last", now_("The last day is not before the first."))
        return cleaned
