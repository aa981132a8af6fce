"""What members decide about the surplus: the steps it runs down."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from coop.kernel import BadInput, Rate, ours, saying, together
from coop.law import queries as law
from coop.law.registry import pack
from coop.law.types import Base, Step, Vote
from governance.registry import PolicyKey, register

KEY = "surplus_steps"


def parse(terms: Any) -> Vote:
    """{"steps": [{"id", "name", "base", "share": "0.10", "indivisible"}], "cash_share": "0.5"}."""
    try:
        steps = tuple(
            Step(
                id=str(step["id"]),
                name=str(step["name"]),
                base=Base(step["base"]),
                share=_share(step["share"]),
                indivisible=bool(step.get("indivisible", False)),
            )
            for step in terms["steps"]
        )
        return Vote(steps=steps, cash_share=_share(terms["cash_share"]))
    except (KeyError, TypeError, ValueError, ZeroDivisionError) as error:
        raise BadInput(
            "surplus_steps_unreadable",
            _("The steps need an id, a name, a base and a share each, and a cash share."),
        ) from error


def _share(text: object) -> Fraction:
    if not isinstance(text, str):
        raise TypeError("a share is written in quotes")
    share = Fraction(text)
    if not 0 <= share <= 1:
        raise ValueError("a share lies between 0 and 1")
    return share


def founding(country: str, on: date) -> dict[str, Any]:
    """The law's own minimums; where it only demands a reserve, a tenth. Half of a share in cash."""
    figures = pack(country)
    lawful = {share.id for share in law.statutory_minimums(figures, on) if not share.flagged}
    steps = []
    if "reserve" not in lawful:
        steps.append(
            {
                "id": "reserve", "name": ours("Reserve"), "base": "surplus", "share": "0.10",
                "indivisible": True,
            }
        )  # fmt: skip
    return {"steps": steps, "cash_share": "0.5"}


def floor(vote: Vote, country: str, on: date) -> None:
    law.check_vote(pack(country), vote=vote, on=on)


def at_least(vote: Vote, country: str, on: date) -> Vote:
    return law.lawful_vote(pack(country), vote=vote, on=on)


def percent(share: Fraction) -> str:
    """ "10 %", "33.33 %": two digits at most."""
    hundredths = round(share * 10_000)
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + " %"


def describe(vote: Vote) -> str:
    rungs = [
        saying(
            "%(share)s of the %(base)s to %(name)s",
            share=Rate(step.share), name=saying(step.name),
            base=saying(step.base.value.replace("_", " ")),
        )
        for step in vote.steps
    ]  # fmt: skip
    rest = saying("the rest by hours worked, %(cash)s of it in cash", cash=Rate(vote.cash_share))
    return str(together([*rungs, rest]))


SURPLUS_STEPS = register(
    PolicyKey(
        name=KEY,
        title=gettext_noop("How a surplus is shared"),
        parse=parse,
        founding=founding,
        describe=describe,
        floor=floor,
        at_least=at_least,
    )
)
