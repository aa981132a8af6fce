"""A pay and what is known about its month: the question every scheme is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from coop.kernel import Money
from coop.law.rules.settling import to_minor
from coop.law.types import Cited, Name, Pack, SchemePeriod, silent


@dataclass(frozen=True, slots=True)
class Ask:
    """A pay and what is known about the month it was earned in."""

    pack: Pack
    gross: Money
    on: date
    hours: Fraction | None
    week_hours: Fraction | None
    days: int | None
    worker_class: str | None
    weeks: int
    allowances: int = 0

    def counted(self, period: SchemePeriod) -> tuple[Fraction, tuple[Cited, ...]]:
        """The pay that counts for a scheme in minor units: allowances as its row says."""
        if period.allowances == "count" or not self.allowances:
            return Fraction(self.gross.minor), ()
        without = Fraction(self.gross.minor - self.allowances)
        share = self.pack.number(Name.ALLOWANCES_SHARE_MAX, self.on)
        if period.allowances == "left_out" or share is None:
            return without, ()
        return max(without, self.gross.minor * (1 - share.value)), (share,)

    def minimum_wages(self, times: Fraction) -> tuple[Fraction, Cited]:
        """So many monthly minimum wages in exact minor units, with the row that says so."""
        row = self.pack.wage_row(self.on)
        if row is None or row.month is None:
            raise silent(self.pack.country, "monthly minimum wage", self.on)
        return to_minor(self.pack, row.month * times), self.pack.cited_wage(row)
