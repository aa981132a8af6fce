"""What the outbox does: promise, carry out what is due, and let an operator settle what failed."""

from coop.outbox.operations._promise import promise, promise_each
from coop.outbox.operations._run_due import MAX_TRIES, run_due
from coop.outbox.operations._say_ticked import say_ticked
from coop.outbox.operations._settle import drop, retry

__all__ = ["MAX_TRIES", "drop", "promise", "promise_each", "retry", "run_due", "say_ticked"]
