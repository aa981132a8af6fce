"""Reading how a surplus is shared."""

from payments.surplus.queries.invariants import breaches, checks
from payments.surplus.queries.sharings import can_be_decided, in_words, sharing, sharings

__all__ = ["breaches", "can_be_decided", "checks", "in_words", "sharing", "sharings"]
