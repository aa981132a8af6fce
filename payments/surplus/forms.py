"""The closed period whose surplus is to be shared."""

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


def last_year(today: date) -> dict[str, date]:
    """The calendar year that ended."""
    return {"starts_on": date(today.year - 1, 1, 1), "last_on": date(today.year - 1, 12, 31)}
