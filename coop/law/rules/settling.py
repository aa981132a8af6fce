"""Settling exact minor units by the rounding a pack names, and saying rates in words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from coop.kernel import Money, Rounding, round_fraction
from coop.law.types import Pack
from coop.law.types.schemes import Step


def settle(pack: Pack, minor: Fraction, step: Step) -> Money:
    """Exact minor units to the nearest multiple of the step, by its rule."""
    size = step.to * pack.scale
    settled = round_fraction(minor / size, step.how) * size
    return Money(round_fraction(settled), pack.currency)


def to_minor(pack: Pack, major: Fraction) -> Fraction:
    return major * pack.scale


def exact(minor: Fraction, pack: Pack) -> Money:
    """Exact minor units to the nearest minor unit."""
    return Money(round_fraction(minor, Rounding.HALF_UP), pack.currency)


def percent(rate: Fraction) -> str:
    """ "1%", "0.522%": a rate said exactly when it ends, else as a fraction."""
    return f"{plain(rate * 100)}%"


def plain(value: Fraction) -> str:
    """A fraction as a plain decimal when it ends within nine digits, else as "1/17"."""
    scaled = value * 10**9
    if scaled.denominator != 1:
        return str(value)
    text = format(Decimal(scaled.numerator).scaleb(-9), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
