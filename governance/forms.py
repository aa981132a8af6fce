"""Writing a change: one field for each figure of the rule as it stands, or its terms as text."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

#: More figures than this are written as text; a form that long helps nobody.
MOST_FIELDS = 24
Path = tuple[str | int, ...]


def leaves(terms: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every figure and word of a rule's terms with the way to it."""
    if isinstance(terms, dict):
        for key, part in terms.items():
            yield from leaves(part, (*path, key))
    elif isinstance(terms, list):
        for index, part in enumerate(terms):
            yield from leaves(part, (*path, index))
    elif terms is not None:
        yield path, terms


def planted(terms: Any, path: Path, value: Any) -> Any:
    """The terms with another value at the end of a path."""
    if not path:
        return value
    new = copy.copy(terms)
    new[path[0]] = planted(new[path[0]], path[1:], value)
    return new


def _words(path: Path) -> str:
    parts = [str(p + 1) if isinstance(p, int) else p.replace("_", " ") for p in path]
    return " · ".join(parts).capitalize() if parts else str(_("New terms"))


class ChangeForm(forms.Form):
    """A proposal that changes one rule from a day on."""

    title = forms.CharField(label=_("What changes, in one line"), max_length=160)
    effective_from = forms.DateField(
        label=_("From which day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("If the vote ends later, it holds from the day the vote is certified."),
    )
    reason = forms.CharField(
        label=_("Why"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )

    def __init__(self, *args: Any, terms: Any, as_text: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terms = terms
        self.paths: dict[str, Path] = {}
        found = list(leaves(terms))
        if as_text or not found or len(found) > MOST_FIELDS:
            self.fields["terms_text"] = forms.CharField(
                label=_("New terms"),
                help_text=_("Amounts and rates in quotes."),
                widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
                initial=json.dumps(terms, indent=2, ensure_ascii=False),
            )
        else:
            for number, (path, value) in enumerate(found):
                name = f"term{number}"
                self.paths[name] = path
                self.fields[name] = _field(value, label=_words(path))
        self.order_fields(["title", *self.paths, "terms_text", "effective_from", "reason"])

    def clean_terms_text(self) -> Any:
        try:
            return json.loads(self.cleaned_data["terms_text"])
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(_("These terms cannot be read as JSON.")) from error

    def new_terms(self) -> Any:
        """What was written, in the shape of the rule."""
        if "terms_text" in self.fields:
            return self.cleaned_data["terms_text"]
        terms = copy.deepcopy(self.terms)
        for name, path in self.paths.items():
            terms = planted(terms, path, self.cleaned_data[name])
        return terms


def _field(value: Any, label: str) -> forms.Field:
    if isinstance(value, bool):
        return forms.BooleanField(label=label, initial=value, required=False)
    if isinstance(value, int):
        return forms.IntegerField(label=label, initial=value)
    widget = forms.TextInput(attrs={"inputmode": "decimal"} if _is_figure(value) else {})
    return forms.CharField(label=label, initial=value, widget=widget, max_length=300)


def _is_figure(value: Any) -> bool:
    return isinstance(value, str) and value.replace(".", "", 1).isdecimal()


class VoteForm(forms.Form):
    """One choice of three; none is chosen before she chooses."""

    choice = forms.ChoiceField(
        label=_("Your vote"),
        help_text=_("It is final. Members see names and votes after the ballot closes."),
        choices=[("yes", _("Yes")), ("no", _("No")), ("abstain", _("Abstain"))],
        widget=forms.RadioSelect,
    )


class CommentForm(forms.Form):
    """A word in the discussion."""

    stance = forms.ChoiceField(
        label=_("I speak"),
        choices=[("for", _("for it")), ("against", _("against it")), ("note", _("about it"))],
        initial="note",
    )
    text = forms.CharField(
        label=_("What I want to say"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
