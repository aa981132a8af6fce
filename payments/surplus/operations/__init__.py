"""What can be done with a surplus: propose how it is shared, withdraw that, post it."""

from payments.surplus.operations._post import post_sharing
from payments.surplus.operations._propose import propose_sharing
from payments.surplus.operations._withdraw import withdraw_sharing

__all__ = ["post_sharing", "propose_sharing", "withdraw_sharing"]
