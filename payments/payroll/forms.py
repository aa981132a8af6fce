"""What the treasurer fills in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

Day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PeriodForm(forms.Form):
    """Days of the place; the last one is included here and turned half-open below."""

    starts_on = forms.DateField(label=_("First day"), widget=Day)
    last_on = forms.DateField(label=_("Last day"), widget=Day)

    @property
    def days(self) -> dict[str, date]:
        """The period, half-open."""
        last: date = self.cleaned_data["last_on"]
        return {"starts_on": self.cleaned_data["starts_on"], "ends_on": last + timedelta(days=1)}

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        first, last = found.get("starts_on"), found.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("The last day is not before the first."))
        return found


class ReferenceForm(forms.Form):
    """The bank's or the fund's own reference."""

    reference = forms.CharField(label=_("Reference"), max_length=80)
    receipt = forms.FileField(
        label=_("Receipt"), required=False,
        help_text=_("A PDF, a picture or text, at most 2 MB."),
    )  # fmt: skip


class WordsForm(forms.Form):
    """What she saw, or what the treasurer found."""

    note = forms.CharField(
        label=_("In your words"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


def last_month(today: date) -> dict[str, date]:
    """The month that ended, as the period one most likely means."""
    end = today.replace(day=1) - timedelta(days=1)
    return {"starts_on": end.replace(day=1), "last_on": end}
