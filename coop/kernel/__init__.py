"""The words everything else is written in. Pure: no Django, no clock, no I/O."""

from coop.kernel.errors import BadInput, NotAllowed, NotFound, RuleBroken, written
from coop.kernel.money import Money, Rounding, round_fraction, total
from coop.kernel.said import Fact, Rate, Said, again, ours, saying, together, why_not
from coop.kernel.text import readable
from coop.kernel.timerange import TimeRange

__all__ = [
    "BadInput", "Fact", "Money", "NotAllowed", "NotFound", "Rate", "Rounding", "RuleBroken", "Said",
    "TimeRange", "again", "ours", "readable", "round_fraction", "saying", "together", "total",
    "why_not", "written",
]  # fmt: skip
