"""What the law says about a cooperative's surplus, the year it is shared for, and the answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from coop.kernel import Money, Said
from coop.law.types.figures import Cited, Dated, Number, Strict


class Base(StrEnum):
    """What a share is a share of."""

    SURPLUS = "surplus"
    MEMBER_PART = "member_part"
    REMAINING = "remaining"
    NET_ASSETS = "net_assets"


class StatutoryShare(Dated):
    """A minimum the law sets aside. A `flagged` one only warns: its reading is not settled."""

    id: str
    name: str
    base: Base
    floor: Number
    cap: Number | None = None
    indivisible: bool = True
    flagged: bool = False
    law: str


class SurplusRule(Dated):
    """One dated sentence about the surplus that the waterfall obeys."""

    law: str


class SurplusLaw(Strict):
    """A country's law on surplus. `on_loss` is what meets a negative year first."""

    statutory: tuple[StatutoryShare, ...] = ()
    non_member_fund: SurplusRule | None = None
    patronage_by_capital_refused: SurplusRule | None = None
    on_loss: Literal["reserve_then_members", "carry_forward"] = "carry_forward"
    reserve_required: SurplusRule | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A rung members voted: `share` of `base`, from `floor` to `cap`, stopping at `target`.

    An id that the law also has raises the law's minimum; `balance` is what the fund holds already.
    """

    id: str
    name: str
    base: Base
    share: Fraction
    floor: Money | None = None
    cap: Money | None = None
    target: Money | None = None
    balance: Money | None = None
    indivisible: bool = False


@dataclass(frozen=True, slots=True)
class JointCap:
    """Funds that together may not pass a share of the surplus."""

    ids: tuple[str, ...]
    share: Fraction


@dataclass(frozen=True, slots=True)
class Patron:
    """A member's number and what counts for her patronage (hours, or seconds: any one unit)."""

    number: int
    hours: Fraction


@dataclass(frozen=True, slots=True)
class Year:
    """The closed year a surplus is shared for. A negative `surplus` is a loss."""

    surplus: Money
    losses_forward: Money
    reserve_to_rebuild: Money
    non_member_share: Fraction
    reserve_balance: Money
    net_assets: Money | None
    patrons: tuple[Patron, ...]


@dataclass(frozen=True, slots=True)
class Vote:
    """What the members decided: their funds in order, the cash part, the basis of patronage."""

    steps: tuple[Step, ...] = ()
    cash_share: Fraction = Fraction(1)
    basis: str = "hours"
    joint_caps: tuple[JointCap, ...] = ()


@dataclass(frozen=True, slots=True)
class Allotment:
    """One rung of the waterfall as it came out."""

    id: str
    name: str
    amount: Money
    base: Money
    share: Fraction | None
    indivisible: bool
    by_law: bool
    rule: Said
    cited: Cited | None


@dataclass(frozen=True, slots=True)
class PatronShare:
    """A member's patronage (negative in a loss), and its cash and capital-account parts."""

    number: int
    hours: Fraction
    amount: Money
    cash: Money
    capital: Money


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a person must look at; the waterfall does not guess it."""

    code: str
    message: Said
    cited: Cited | None


@dataclass(frozen=True, slots=True)
class Waterfall:
    """allotments + patronage = the surplus, to the minor unit."""

    surplus: Money
    allotments: tuple[Allotment, ...]
    patronage: Money
    shares: tuple[PatronShare, ...]
    flags: tuple[Flag, ...]
    cited: tuple[Cited, ...]
