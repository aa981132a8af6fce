"""The broker, as far as the outbox needs it."""

from coop.outbox.gateways.broker import poke

__all__ = ["poke"]
