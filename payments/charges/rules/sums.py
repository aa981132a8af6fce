"""What must add up before anything is written (I8)."""

from __future__ import annotations

from collections.abc import Sequence

from coop.kernel import BadInput, Money, RuleBroken, total
from payments.charges.types import NewLine


def check_lines(lines: Sequence[NewLine], amount: Money) -> None:
    """Raises RuleBroken `charge_lines_sum`, BadInput `charge_amount`."""
    if amount.minor <= 0:
        raise BadInput("charge_amount", "A charge is more than nothing.", amount=amount)
    summed = total([line.amount for line in lines], amount.currency)
    if summed != amount:
        raise RuleBroken(
            "charge_lines_sum",
            "The lines of the price sum to %(lines)s, the price says %(amount)s.",
            lines=str(summed),
            amount=amount,
        )
