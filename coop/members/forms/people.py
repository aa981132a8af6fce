"""What people type about themselves and their cooperative. Courtesy only: operations decide."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coop.members.types import OfficeName

OFFICES = {
    OfficeName.COORDINATOR: _("Coordinator"),
    OfficeName.BOARD: _("Board"),
    OfficeName.TREASURER: _("Treasurer"),
    OfficeName.ELECTION_COMMITTEE: _("Election committee"),
    OfficeName.AUDITOR: _("Auditor"),
}

#: What a person may say yes to; without her yes it does not happen.
PURPOSES = {
    "named_to_partners": _("The union and enabling partners may see my figures with my name."),
    "named_in_reports": _("Reports and stories of the cooperative may name me."),
}


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120)
    language = forms.ChoiceField(label=_("Language we write to you in"), choices=settings.LANGUAGES)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Used when an SMS cannot reach you.")
    )


class WorkerProfileForm(ProfileForm):
    hours = forms.IntegerField(
        label=_("Hours you want per week"), min_value=0, max_value=168,
        help_text=_("Pairing looks at it; it is a wish, not a promise."),
    )  # fmt: skip
    travels_km = forms.IntegerField(
        label=_("How far you travel to work, in km"), min_value=0, max_value=500
    )


class WorkForm(forms.Form):
    hours = forms.IntegerField(
        label=_("Hours you want per week"), min_value=0, max_value=168, initial=40,
        help_text=_("You can change it any day."),
    )  # fmt: skip


class HouseholdForm(forms.Form):
    name = forms.CharField(label=_("Name of your household"), max_length=120)
    lines = forms.CharField(
        label=_("Address"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the worker of your next visit sees it, from the day before."),
    )  # fmt: skip
    area = forms.CharField(
        label=_("Area"), max_length=80, help_text=_("The part of town that others may see.")
    )
    notes = forms.CharField(
        label=_("How to get in"), max_length=400, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    place = forms.CharField(
        label=_("Place on the map"), max_length=60, required=False,
        help_text=_("Two numbers from any map, like -26.1952, 28.0340. Not needed where we work."),
    )  # fmt: skip


class AppointForm(forms.Form):
    person = forms.ChoiceField(label=_("Member"))
    office = forms.ChoiceField(
        label=_("Office"),
        choices=[(o.value, w) for o, w in OFFICES.items()],
        help_text=_(
            "A seat on the board, in the election committee or as auditor needs a second "
            "board member."
        ),
    )
    from_on = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until_on = forms.DateField(
        label=_("Until, not including"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    source = forms.CharField(label=_("By which election or resolution"), max_length=200)

    def __init__(self, *args: Any, people: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(id), name) for id, name in people]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("from_on") and said.get("until_on") and said["until_on"] <= said["from_on"]:
            self.add_error("until_on", _("A term ends after it begins."))
        return said
