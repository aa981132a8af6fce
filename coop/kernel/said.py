"""A sentence kept apart from its facts, so that each reader hears it in her own language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, TypeAlias

from coop.kernel.errors import RuleBroken, filled, plainly, spoken, written
from coop.kernel.money import Money, round_fraction


@dataclass(frozen=True, slots=True)
class Rate:
    """A share that is said as a percentage."""

    value: Fraction

    def __str__(self) -> str:
        return self.plain

    @property
    def plain(self) -> str:
        return f"{_digits(self.value * 100)}%"


@dataclass(frozen=True, slots=True)
class Said:
    """`sentence` is written in English and names its facts, as `%(hours)s`; never glued together.

    As text it is in the language of whoever reads it now; `plain` is the same in English.
    What is kept of it is the sentence and `kept`, from which `again` makes it anew.
    """

    sentence: str
    facts: tuple[tuple[str, Fact], ...] = ()

    def __str__(self) -> str:
        return spoken(self.sentence, {name: _one(fact, written) for name, fact in self.facts})

    def __bool__(self) -> bool:
        return bool(self.sentence)

    @property
    def plain(self) -> str:
        return filled(
            self.sentence, {name: _one(fact, _plain) for name, fact in self.facts}, _plain
        )

    @property
    def kept(self) -> dict[str, Any]:
        """The facts as JSON: minor units with a currency, exact fractions, ISO days; no figures."""
        return {name: _kept(fact) for name, fact in self.facts}


Fact: TypeAlias = "str | int | Fraction | Rate | Money | date | Said | tuple[Said, ...]"


def saying(sentence: str, **facts: Fact) -> Said:
    """A sentence of ours with the facts it names; the catalogues of translations hold it."""
    return Said(sentence, tuple(sorted(facts.items(), key=lambda pair: pair[0])))


def ours(text: str) -> str:
    """A name of ours that is stored as it is and translated where it is shown."""
    return text


def together(parts: Sequence[Said]) -> Said:
    """Several sentences as one, in their order."""
    return parts[0] if len(parts) == 1 else Said("%(all)s", (("all", tuple(parts)),))


def again(sentence: str, kept: Mapping[str, Any]) -> Said:
    """A sentence as it was before it was kept."""
    return saying(sentence, **{name: _fact(fact) for name, fact in kept.items()})


def why_not(refused: RuleBroken) -> Said:
    """What a refusal says, to be kept: its sentence and the facts this names."""
    named = {k: fact for k, fact in refused.facts.items() if f"%({k})" in refused.sentence}
    kept = Money | Fraction | Rate | date | Said | int | str
    return saying(
        refused.sentence,
        **{k: fact if isinstance(fact, kept) else str(plainly(fact)) for k, fact in named.items()},
    )


def _one(fact: Fact, write: Callable[[object], object]) -> object:
    """Sentences within a sentence follow one another."""
    return "; ".join(str(write(part)) for part in fact) if isinstance(fact, tuple) else fact


def _plain(fact: object) -> object:
    return _digits(fact) if isinstance(fact, Fraction) else plainly(fact)


def _digits(value: Fraction) -> str:
    """At most three digits after the point, and no more than are needed."""
    whole, rest = divmod(abs(round_fraction(value * 1000)), 1000)
    return ("-" if value < 0 else "") + f"{whole}.{rest:03d}".rstrip("0").rstrip(".")


def _kept(fact: Fact) -> Any:
    if isinstance(fact, Money):
        return {"minor": fact.minor, "currency": fact.currency}
    if isinstance(fact, Rate):
        return {"rate": str(fact.value)}
    if isinstance(fact, Fraction):
        return {"number": str(fact)}
    if isinstance(fact, date):
        return {"on": fact.isoformat()}
    if isinstance(fact, Said):
        return {"say": fact.sentence, "with": fact.kept}
    return [_kept(part) for part in fact] if isinstance(fact, tuple) else fact


def _fact(kept: Any) -> Fact:
    if isinstance(kept, list):
        return tuple(again(part["say"], part["with"]) for part in kept)
    if not isinstance(kept, dict):
        return str(kept) if not isinstance(kept, int) else kept
    if "minor" in kept:
        return Money(kept["minor"], kept["currency"])
    if "rate" in kept:
        return Rate(Fraction(kept["rate"]))
    if "number" in kept:
        return Fraction(kept["number"])
    if "on" in kept:
        return date.fromisoformat(kept["on"])
    return again(kept["say"], kept["with"])
