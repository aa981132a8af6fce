"""Reading a phone number the way people write it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import phonenumbers
from django import forms
from django.utils.translation import gettext_lazy as _


class PhoneField(forms.CharField):
    """A number as dialled at home ("082 123 4567") or in full ("+27 82 123 4567"), kept as E.164.

    A home number is read by the countries of the cooperatives here; where two of them could have
    it, the country code is asked for.
    """

    def __init__(self, *, countries: Sequence[str] = (), **kwargs: Any) -> None:
        attrs = {"type": "tel", "autocomplete": "tel", "inputmode": "tel"}
        kwargs.setdefault("label", _("Phone number"))
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)
        self.countries = countries

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        found = read_phone(text, self.countries)
        if len(found) == 1:
            return found.pop()
        if found:
            raise forms.ValidationError(_("Begin with + and the code of your country."))
        raise forms.ValidationError(
            _("This is not a number that can be called. Check it, or begin with + and the country.")
        )


def read_phone(text: str, countries: Sequence[str]) -> set[str]:
    """Every number (E.164) the text may mean."""
    found = set()
    for country in [None] if text.strip().startswith("+") else countries:
        try:
            number = phonenumbers.parse(text, country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            found.add(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return found
