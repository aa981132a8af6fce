"""Whether figures may be used: not past review, not unsure, unless an officer signed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from coop.kernel import RuleBroken
from coop.law.types import Cited, Confidence, Override


def check_usable(
    figures: Iterable[Cited], on: date, overrides: Iterable[Override] = ()
) -> tuple[Override, ...]:
    """Refuse a stale or unsure figure on the day of the run; returns the overrides needed.

    A figure whose time has ended is history and does not go stale; an open one can be overtaken.
    Raises RuleBroken "law_unsure" or "law_stale".
    """
    signed = {o.key: o for o in overrides if on <= o.expires_on}
    used: dict[str, Override] = {}
    for figure in figures:
        refusal = _refusal(figure, on)
        if refusal is None:
            continue
        if figure.key not in signed:
            raise refusal
        used[figure.key] = signed[figure.key]
    return tuple(used.values())


def _refusal(figure: Cited, on: date) -> RuleBroken | None:
    facts = {"figure": figure.key, "source": figure.source.title, "review_by": figure.review_by}
    if figure.confidence is Confidence.UNSURE:
        return RuleBroken(
            "law_unsure",
            "The figure %(figure)s is unsure (%(source)s). Confirm it and renew the pack,"
            " or let an officer sign an override.",
            **facts,
        )
    if figure.effective_to is None and figure.review_by and on > figure.review_by:
        return RuleBroken(
            "law_stale",
            "The figure %(figure)s was to be looked at again by %(review_by)s. Renew the pack,"
            " or let an officer sign an override.",
            **facts,
        )
    return None
