"""What the audit does."""

from coop.audit.operations._record import record

__all__ = ["record"]
