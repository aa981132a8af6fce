"""Pages about paying."""

from payments.charges.views.pay import add_card, charge, let_card_go, mine, pay
from payments.charges.views.take import give_back, receive

__all__ = ["add_card", "charge", "give_back", "let_card_go", "mine", "pay", "receive"]
