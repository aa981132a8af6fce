"""Counting: pure, in whole numbers, and able to explain itself."""

from governance.tally.resolution import resolution

__all__ = ["resolution"]
