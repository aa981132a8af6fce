"""Codes, reasons and times of a visit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from bookings.forms.inputs import ClockInput, clocks
from bookings.types import Absence, WorkerReason
from coop.kernel import TimeRange


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


class SettleForm(forms.Form):
    """What the office says holds: a time that was told, the booked one, or another."""

    holds = forms.ChoiceField(label=_("What holds?"), widget=forms.RadioSelect)
    starts = forms.TimeField(label=_("Another time, from"), widget=ClockInput(), required=False)
    ends = forms.TimeField(label=_("Another time, until"), widget=ClockInput(), required=False)
    reason = forms.CharField(
        label=_("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("Both sides read it."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        ways: Mapping[str, TimeRange],
        zone: str,
        absent: bool = False,
        **kwargs: Any,
    ) -> None:
        """`absent`: nothing is written yet, so that it may hold that there was no visit."""
        super().__init__(*args, **kwargs)
        said = {
            "worker": now_("As the worker says: %(times)s"),
            "household": now_("As the household says: %(times)s"),
            "booked": now_("As it was booked: %(times)s"),
        }
        self.ways = {side: ways[side] for side in said if side in ways}
        holds = self.fields["holds"]
        assert isinstance(holds, forms.ChoiceField)
        holds.choices = [
            *((side, said[side] % {"times": clocks(way, zone)}) for side, way in self.ways.items()),
            ("other", now_("Another time")),
            *(_absences() if absent else ()),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("holds") == "other":
            for name in ("starts", "ends"):
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, now_("Say both: from when and until when."))
        return cleaned

    def during(self, day: date, zone: str) -> TimeRange | Absence:
        data = self.cleaned_data
        if data["holds"] in set(Absence):
            return Absence(data["holds"])
        if data["holds"] in self.ways:
            return self.ways[data["holds"]]
        return TimeRange.on_wall(day, data["starts"], data["ends"], zone)


def _absences() -> list[tuple[str, str]]:
    return [
        (Absence.NOBODY_CAME.value, now_("Nobody came: nothing is owed")),
        (Absence.NO_ENTRY.value, now_("She could not get in: as a late cancellation")),
    ]


class AbsenceForm(forms.Form):
    """That there was no visit."""

    note = forms.CharField(
        label=_("What happened?"), required=False, max_length=300,
        widget=forms.Textarea(attrs={"rows": "2", "id": "id_absent_note"}),
    )  # fmt: skip


def times_from(during: TimeRange, zone: str) -> dict[str, time]:
    """First answers for a TimesForm."""
    place = ZoneInfo(zone)
    return {
        "starts": during.start.astimezone(place).time(),
        "ends": during.end.astimezone(place).time(),
    }
