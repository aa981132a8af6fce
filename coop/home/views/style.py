"""The living page of components: made-up values, every piece once. Never in production."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coop.home.templatetags.weaving import STATES
from coop.kernel import Money, NotFound, TimeRange

ZONE = "Africa/Johannesburg"


class SampleForm(forms.Form):
    """One control of each kind."""

    phone = forms.CharField(
        label="Phone number",
        help_text="We send a code by SMS.",
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    service = forms.ChoiceField(
        label="What do you need?", choices=[("clean", "Cleaning"), ("care", "Care")]
    )
    when = forms.ChoiceField(
        label="How often?",
        choices=[("once", "Once"), ("weekly", "Every week")],
        widget=forms.RadioSelect,
    )
    wishes = forms.CharField(label="Wishes", required=False, widget=forms.Textarea)
    agree = forms.BooleanField(label="I have read what it costs and why")


def sample() -> dict[str, Any]:
    """The values the style page shows."""
    when = TimeRange.on_wall(date(2026, 3, 3), time(9), time(13, 30), ZONE)
    wage, travel = Money.of("216.00", "ZAR"), Money.of("48.00", "ZAR")
    form = SampleForm({"phone": "12", "service": "clean"})
    form.is_valid()
    return {
        "when": when,
        "night": TimeRange.on_wall(date(2026, 3, 6), time(22), time(6), ZONE),
        "closes": when.end + timedelta(days=4),
        "pay": wage + travel,
        "night_pay": Money.of("512.50", "ZAR"),
        "net": Money.of("9933.52", "ZAR"),
        "share": Money.of("1204.00", "ZAR"),
        "states": list(STATES),
        "slips": ["January", "February"],
        "threads": _threads(wage, travel),
        "lines": [
            {"label": "Wages", "amount": Money.of("10034.87", "ZAR"), "note": "209 h"},
            {"label": "UIF, your half", "amount": Money.of("-101.35", "ZAR"), "note": "1 %"},
        ],
        "steps": [
            {"label": "Name and phone", "state": "done"},
            {"label": "Identity", "state": "now", "note": "So that the fund can find you."},
            {"label": "Bank account", "state": "next"},
        ],
        "entries": [
            {"at": when.start - timedelta(days=2), "text": "Asked for", "by": "Dlamini household"},
            {"at": when.start - timedelta(days=1), "text": "Accepted", "by": "Thandi M."},
        ],
        "form": form,
    }


def _threads(wage: Money, travel: Money) -> list[dict[str, Any]]:
    since = "Since 1 March 2026, by vote 12."
    return [
        {
            "label": "Wage",
            "amount": wage,
            "reason": "4 h 30 min at the living-wage floor of R 48 an hour.",
            "since": since,
            "href": "#",
        },
        {"label": "Travel time", "amount": travel, "reason": "One hour there and back is paid."},
        {
            "label": "Contributions",
            "amount": Money.of("5.28", "ZAR"),
            "reason": "Unemployment insurance and injury cover.",
        },
        {
            "label": "Leave and 13th month",
            "amount": Money.of("37.90", "ZAR"),
            "reason": "Saved for every hour.",
        },
        {
            "label": "Cooperative",
            "amount": Money.of("26.40", "ZAR"),
            "reason": "Ten percent runs the cooperative.",
            "since": since,
        },
    ]


def style(request: HttpRequest) -> HttpResponse:
    """Every component on one page, where a demonstration may be shown."""
    if not settings.LETSEMA_DEMO:
        raise NotFound("page_unknown", "There is nothing here.")
    return render(request, "home/style.html", sample())
