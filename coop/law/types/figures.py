"""What every figure carries: since when, from where, how sure, and when to look again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from coop.kernel import Money, Said

V = TypeVar("V", Fraction, Money, time)


class Confidence(StrEnum):
    """How far a figure may be trusted; a run refuses UNSURE without a signed override."""

    VERIFIED = "verified"
    LIKELY = "likely"
    UNSURE = "unsure"


def read_number(value: object) -> Fraction:
    """A quoted number ("0.085", "1/17") as an exact fraction; anything else is refused."""
    if isinstance(value, Fraction):
        return value
    if not isinstance(value, str):
        raise ValueError(f'write the figure in quotes, as "{value}"')
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError(f"{value!r} is not a number") from error


Number = Annotated[Fraction, BeforeValidator(read_number)]


class Strict(BaseModel):
    """A piece of a pack: immutable, and an unknown key is an error rather than a silence."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Source(Strict):
    """Where a figure was read. `url` is None when the page has no public address."""

    title: str
    url: str | None = None


class Dated(Strict):
    """A row of a pack that holds from one day to another (both included; `to` null: open)."""

    effective_from: date = Field(alias="from")
    effective_to: date | None = Field(default=None, alias="to")
    source: str
    confidence: Confidence
    review_by: date | None = None
    note: str = ""

    def holds(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


@dataclass(frozen=True, slots=True)
class Cited:
    """The credentials of a figure that was used. `key` names it: "ZA.UIF@2021-06-01"."""

    key: str
    effective_from: date
    effective_to: date | None
    source: Source
    confidence: Confidence
    review_by: date | None

    @property
    def period(self) -> str:
        if self.effective_to is None:
            return f"from {self.effective_from}"
        return f"{self.effective_from} to {self.effective_to}"


@dataclass(frozen=True, slots=True)
class Figure(Cited, Generic[V]):
    """One figure in force on a day, with its credentials. `rule` says in words what it demands."""

    name: str
    value: V
    unit: str
    rule: Said


@dataclass(frozen=True, slots=True)
class Override:
    """An officer's signed permission to use one stale or unsure figure until a day (included)."""

    key: str
    signed_by: str
    reason: str
    expires_on: date


def cite(country: str, name: str, row: Dated, sources: Mapping[str, Source]) -> Cited:
    """The credentials of a row of a pack under its name."""
    return Cited(
        key=f"{country}.{name}@{row.effective_from}",
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        source=sources[row.source],
        confidence=row.confidence,
        review_by=row.review_by,
    )
