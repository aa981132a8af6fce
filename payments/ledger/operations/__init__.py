"""What can be done with the books: open accounts, post an entry, reverse one."""

from payments.ledger.operations._open import open_accounts
from payments.ledger.operations._post import post
from payments.ledger.operations._reverse import reverse

__all__ = ["open_accounts", "post", "reverse"]
