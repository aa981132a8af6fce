"""Money: a whole number of minor units and a currency. Nothing is ever rounded by accident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from functools import total_ordering

from coop.kernel.errors import BadInput

#: ISO 4217 minor-unit digits of the currencies of the places Letsema knows.
MINOR_DIGITS = {
    "ZAR": 2, "COP": 2, "KES": 2, "BRL": 2, "TTD": 2, "DOP": 2,
    "RWF": 0, "INR": 2, "ARS": 2, "UGX": 0, "EUR": 2, "USD": 2,
}  # fmt: skip


class Rounding(StrEnum):
    """How a fraction of the smallest unit is settled; each place and scheme names its own."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    UP = "up"
    DOWN = "down"


def round_fraction(value: Fraction, how: Rounding = Rounding.HALF_UP) -> int:
    """The whole number near `value` by the rule `how`; UP goes away from zero, DOWN toward it."""
    sign = -1 if value < 0 else 1
    whole, rest = divmod(abs(value.numerator), value.denominator)
    twice = 2 * rest - value.denominator
    up = {
        Rounding.HALF_UP: twice >= 0,
        Rounding.HALF_EVEN: twice > 0 or (twice == 0 and whole % 2 == 1),
        Rounding.UP: rest > 0,
        Rounding.DOWN: False,
    }[how]
    return sign * (whole + (1 if up and rest else 0))


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents) of one currency. Arithmetic across currencies is refused."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise BadInput(
                "money_not_whole", "Money needs whole minor units, not %(minor)r.", minor=self.minor
            )
        if self.currency not in MINOR_DIGITS:
            raise BadInput(
                "currency_unknown",
                "The currency %(currency)r is not known here.",
                currency=self.currency,
            )

    @classmethod
    def of(cls, major: str | int | Decimal | Fraction, currency: str) -> Money:
        """Read an amount in major units ("12.34"). More digits than the currency has: error."""
        if isinstance(major, float):
            raise BadInput("money_from_float", "Money is never made from a float.")
        if currency not in MINOR_DIGITS:
            raise BadInput(
                "currency_unknown",
                "The currency %(currency)r is not known here.",
                currency=currency,
            )
        try:
            exact = Fraction(major if isinstance(major, Fraction) else Decimal(major))
        except (InvalidOperation, ValueError, OverflowError, TypeError) as error:
            raise BadInput(
                "money_unreadable", "%(major)r is not an amount of money.", major=major
            ) from error
        minor = exact * 10 ** MINOR_DIGITS[currency]
        if minor.denominator != 1:
            raise BadInput(
                "money_too_fine",
                "%(amount)s has more digits than %(currency)s has.",
                amount=str(major),
                currency=currency,
            )
        return cls(int(minor), currency)

    @classmethod
    def zero(cls, currency: str) -> Money:
        return cls(0, currency)

    def major(self) -> str:
        """The amount in major units as a plain string: "9933.52", "-0.05", "1300"."""
        digits = MINOR_DIGITS[self.currency]
        sign = "-" if self.minor < 0 else ""
        whole, rest = divmod(abs(self.minor), 10**digits)
        return f"{sign}{whole}.{rest:0{digits}d}" if digits else f"{sign}{whole}"

    def __str__(self) -> str:
        return f"{self.major()} {self.currency}"

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise BadInput(
                "currencies_mixed",
                "%(currency)s and %(other_currency)s cannot be added up.",
                currency=self.currency,
                other_currency=other.currency,
            )

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: Money) -> bool:
        self._same(other)
        return self.minor < other.minor

    def times(self, rate: int | Fraction | Decimal, how: Rounding = Rounding.HALF_UP) -> Money:
        """This amount times a rate, settled to a whole minor unit by `how`. Floats are refused."""
        if isinstance(rate, float):
            raise BadInput("rate_is_float", "A rate is never a float.")
        return Money(round_fraction(self.minor * Fraction(rate), how), self.currency)

    def share(self, weights: Sequence[int | Fraction]) -> list[Money]:
        """Split by weights without losing a unit (largest remainder; ties to the earlier weight).

        The parts sum to this amount exactly. Weights are not negative and not all zero.
        """
        exact = [Fraction(w) for w in weights]
        total = sum(exact, Fraction(0))
        if not exact or total <= 0 or min(exact) < 0:
            raise BadInput("share_weights", "Sharing needs weights that are not all zero.")
        sign, amount = (-1, -self.minor) if self.minor < 0 else (1, self.minor)
        quotas = [amount * w / total for w in exact]
        parts = [q.numerator // q.denominator for q in quotas]
        order = sorted(range(len(parts)), key=lambda i: (parts[i] - quotas[i], i))
        for i in order[: amount - sum(parts)]:
            parts[i] += 1
        return [Money(sign * part, self.currency) for part in parts]


def total(amounts: Sequence[Money], currency: str) -> Money:
    """The sum of amounts of one currency; nothing sums to zero of it."""
    result = Money.zero(currency)
    for amount in amounts:
        result = result + amount
    return result
