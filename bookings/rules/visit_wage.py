"""What an hour of a visit earns when the members raised the wage after it was booked."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from coop.kernel import BadInput, Money


class VisitWage(StrEnum):
    """By the rule of the day it was booked, or of the day it is held."""

    AS_BOOKED = "as_booked"
    AS_HELD = "as_held"


def visit_wage(terms: Any) -> VisitWage:
    """{"wage": "as_held"} or {"wage": "as_booked"}."""
    if not isinstance(terms, Mapping) or set(terms) != {"wage"}:
        raise BadInput("terms_unreadable", "These terms say wage and nothing else.")
    if terms["wage"] not in list(VisitWage):
        raise BadInput("terms_unreadable", "wage is as_held or as_booked.")
    return VisitWage(terms["wage"])


def hour_of_visit(rule: VisitWage, *, booked: Money, held: Money, legal: Money) -> Money:
    """Never less than what was offered to her, nor than the law of the day it is held.

    `held` is the members' floor of that day. The household pays what it agreed to: where this is
    more, the cooperative adds the difference.
    """
    least = max(booked, legal)
    return max(least, held) if rule is VisitWage.AS_HELD else least
