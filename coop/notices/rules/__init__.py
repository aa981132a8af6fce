"""Pure rules: which way a message goes next."""

from coop.notices.rules.routes import TRIES, next_channel, wait_before

__all__ = ["TRIES", "next_channel", "wait_before"]
