"""From an hour's wage to a price whose lines sum to it. A member can check it by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bookings.rules.terms import CardCost
from bookings.types import LineKind, QuoteLineCard
from coop.kernel import (
    Money,
    Rate,
    Rounding,
    RuleBroken,
    Said,
    ours,
    round_fraction,
    saying,
    total,
)  # fmt: skip

_NOTHING = Said("")


@dataclass(frozen=True, slots=True)
class Accrual:
    """What the law adds to each unit of pay: a scheme, a provision, or leave earned.

    `with_allowance`: the unit counts what is fixed by the day, such as transport, beside the pay.
    """

    kind: LineKind
    code: str
    label: str
    rate: Fraction
    rule: Said
    source: str
    with_allowance: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    """All that a price is made of. `step`: minor units of the smallest sum paid in the place.

    `fixed` are lines the law sets per day whatever the pay; they bear no contributions.
    """

    wage: Money
    floor: Money
    visit_seconds: int
    minimum_seconds: int
    travel_seconds: int
    accruals: tuple[Accrual, ...]
    share: Fraction
    fixed: tuple[QuoteLineCard, ...] = ()
    step: int = 1
    card: CardCost | None = None
    tax_reason: Said = _NOTHING

    @property
    def paid_seconds(self) -> int:
        """The visit, or the minimum when it is shorter."""
        return max(self.visit_seconds, self.minimum_seconds)


def for_time(wage: Money, seconds: int, step: int = 1) -> Money:
    """An hour's wage for so much time, settled up to the step: time is never underpaid."""
    return _settled(Fraction(wage.minor * seconds, 3600), wage.currency, step, Rounding.UP)


def price_lines(basis: Basis) -> tuple[QuoteLineCard, ...]:
    """The threads of the price, in the order they are shown. Refuses a wage below the floor."""
    if basis.wage < basis.floor:
        raise RuleBroken(
            "below_floor",
            "%(wage)s an hour is below the members' floor of %(floor)s. Raise the wage.",
            wage=basis.wage, floor=basis.floor,
        )  # fmt: skip
    work = _work(basis)
    pay = total([line.amount for line in work], basis.wage.currency)
    more = total([pay, *(line.amount for line in basis.fixed)], pay.currency)
    lines = [*work, *basis.fixed]
    lines += [_accrued(a, more if a.with_allowance else pay, basis.step) for a in basis.accruals]
    lines.append(_cooperative(basis, total([line.amount for line in lines], pay.currency)))
    lines.append(_tax(basis))
    if basis.card is not None:
        lines.append(_card(basis, total([line.amount for line in lines], pay.currency)))
    return tuple(lines)


def price_of(lines: Sequence[QuoteLineCard]) -> Money:
    return total([line.amount for line in lines], lines[0].amount.currency)


def _work(basis: Basis) -> list[QuoteLineCard]:
    hours = Fraction(basis.paid_seconds, 3600)
    rule = saying("%(hours)s h × %(wage)s", hours=hours, wage=basis.wage)
    if basis.paid_seconds > basis.visit_seconds:
        rule = saying(
            "%(hours)s h × %(wage)s (%(worked)s h of work, paid as the minimum visit)",
            hours=hours, wage=basis.wage, worked=Fraction(basis.visit_seconds, 3600),
        )  # fmt: skip
    wage = QuoteLineCard(
        LineKind.WAGE, "wage", ours("Wage"),
        for_time(basis.wage, basis.paid_seconds, basis.step), rule, policy="living_wage_floor",
    )  # fmt: skip
    if not basis.travel_seconds:
        return [wage]
    travel = QuoteLineCard(
        LineKind.TRAVEL, "travel", ours("Travel time"),
        for_time(basis.wage, basis.travel_seconds, basis.step),
        saying(
            "%(minutes)s min × %(wage)s an hour",
            minutes=basis.travel_seconds // 60, wage=basis.wage,
        ),
        policy="travel_pay",
    )  # fmt: skip
    return [wage, travel]


def _accrued(accrual: Accrual, pay: Money, step: int) -> QuoteLineCard:
    amount = _settled(pay.minor * accrual.rate, pay.currency, step, Rounding.HALF_UP)
    rule = saying(
        "%(rule)s; %(rate)s of %(pay)s", rule=accrual.rule, rate=Rate(accrual.rate), pay=pay
    )
    return QuoteLineCard(accrual.kind, accrual.code, accrual.label, amount, rule, accrual.source)


def _cooperative(basis: Basis, cost: Money) -> QuoteLineCard:
    amount = _settled(cost.minor * basis.share, cost.currency, basis.step, Rounding.HALF_UP)
    return QuoteLineCard(
        LineKind.COOPERATIVE, "share", ours("Cooperative's share"), amount,
        saying("%(share)s of the cost of work, %(cost)s", share=Rate(basis.share), cost=cost),
        policy="cooperative_share",
    )  # fmt: skip


def _tax(basis: Basis) -> QuoteLineCard:
    return QuoteLineCard(
        LineKind.TAX, "tax", ours("Tax"), Money.zero(basis.wage.currency), basis.tax_reason
    )


def _card(basis: Basis, net: Money) -> QuoteLineCard:
    """So much that, after the card company took its part of the whole, the rest is left whole."""
    assert basis.card is not None
    cost = basis.card
    whole = Fraction(net.minor + cost.fixed.minor) / (1 - cost.rate)
    amount = _settled(whole - net.minor, net.currency, basis.step, Rounding.UP)
    rule = saying("%(rate)s of the price and %(fixed)s", rate=Rate(cost.rate), fixed=cost.fixed)
    return QuoteLineCard(
        LineKind.CARD, "card", ours("Card cost"), amount, rule, cost.source, policy="card_cost"
    )


def _settled(minor: Fraction, currency: str, step: int, how: Rounding) -> Money:
    return Money(round_fraction(minor / step, how) * step, currency)


def percent(rate: Fraction) -> str:
    """A rate as a member reads it: "8.33 %"."""
    return f"{plain(rate * 100)} %"


def plain(value: Fraction) -> str:
    """A number for reading: at most three digits after the point, and no more than are needed."""
    thousandths = round_fraction(value * 1000)
    whole, rest = divmod(thousandths, 1000)
    return f"{whole}.{rest:03d}".rstrip("0").rstrip(".")
