"""Why her? Everybody who was looked at for an offer, and what decided."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from bookings import queries
from bookings.types import CandidateLine
from coop.members.access import needs, ref_of

#: What a score is called on the page, and the order of the columns everywhere on it.
WORDS = {
    "fairness": _("Fairness"), "continuity": _("Continuity"), "travel": _("A short way"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate as the page shows her."""

    name: str
    rank: int | None
    is_chosen: bool
    scores: tuple[tuple[str, str, str], ...]
    total: str
    against: tuple[str, ...]


@require_safe
@needs("worker", "coordinator", "board")
def why(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    found = queries.why_her(by=ref_of(request), offer_id=offer_id)
    rows = [_row(number, line) for number, line in enumerate(found.candidates, start=1)]
    weights = [(word, found.weights[name]) for name, word in WORDS.items() if name in found.weights]
    context = {
        "why": found, "weights": weights,
        "asked": sorted((r for r in rows if r.rank), key=lambda r: r.rank or 0),
        "others": [r for r in rows if not r.rank],
    }  # fmt: skip
    return render(request, "bookings/why.html", context)


def _row(number: int, line: CandidateLine) -> Row:
    return Row(
        line.label or now_("Colleague %(number)s") % {"number": number},
        line.rank,
        line.is_chosen,
        tuple((str(word), plain(s.score), str(s.why)) for name, word in WORDS.items()
              for s in line.scores if s.name == name),
        plain(line.total) if line.rank else "",
        tuple(str(check.why) or now_("For a reason that is hers to know")
              for check in line.checks if not check.passed),
    )  # fmt: skip


def plain(exact: str) -> str:
    """A kept fraction with at most two digits: "2/3" is "0.67"."""
    hundredths = round(Fraction(exact) * 100)
    whole, rest = divmod(abs(hundredths), 100)
    return f"{'-' if hundredths < 0 else ''}{whole}.{rest:02d}"
