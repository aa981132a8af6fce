"""A demonstration: two cooperatives with some months behind them, lived by the real operations."""

from coop.home.management.demo.living import live

__all__ = ["live"]
