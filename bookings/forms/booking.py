"""What a household needs, and how often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from bookings.forms.inputs import ClockInput, DayInput, RequestField
from bookings.types import PaidBy, Weekly
from coop.kernel import TimeRange

#: "once" or every so many weeks.
RHYTHMS = [("0", _("Once")), ("1", _("Every week")), ("2", _("Every second week"))]


class NeedForm(forms.Form):
    """What a household needs: a service, a place, a time, once or again."""

    request_id = RequestField()
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
        help_text=_("Such as: there is a dog. She reads it with the address, a day before."),
        required=False, max_length=500, widget=forms.Textarea(attrs={"rows": "3"}),
    )  # fmt: skip


def soon(now: datetime, zone: str) -> date:
    """The day a household most likely means: tomorrow in its place."""
    return (now.astimezone(ZoneInfo(zone)) + timedelta(days=1)).date()
