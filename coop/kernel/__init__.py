"""The words everything else is written in. Pure: no Django, no clock, no I/O."""

from coop.kernel.errors import BadInput, NotAllowed, NotFound, RuleBroken
from coop.kernel.money import Money, Rounding, round_fraction, total
from coop.kernel.text import readable
from coop.kernel.timerange import TimeRange

__all__ = [
    "BadInput", "Money", "NotAllowed", "NotFound", "Rounding", "RuleBroken", "TimeRange",
    "readable", "round_fraction", "total",
]  # fmt: skip
