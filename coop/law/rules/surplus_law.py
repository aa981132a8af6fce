"""Whether a vote on the surplus keeps the law of the place, asked when the proposal is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from coop.kernel import BadInput, Fact, Money, Rate, Rounding, RuleBroken, Said, saying
from coop.law.types import Base, Flag, Pack, StatutoryShare, Step, Vote, Year

#: What a share is a share of, in words.
_OF = {
    Base.SURPLUS: saying("surplus"), Base.MEMBER_PART: saying("member part"),
    Base.REMAINING: saying("remaining"), Base.NET_ASSETS: saying("net assets"),
}  # fmt: skip


def statutory_minimums(pack: Pack, on: date) -> tuple[StatutoryShare, ...]:
    """The shares of a surplus the law sets aside before members may decide."""
    return tuple(pack.statutory_shares(on))


def check_vote(pack: Pack, *, vote: Vote, on: date) -> None:
    """Refuse a vote that undercuts the law: "below_law", "above_law", "patronage_by_capital"."""
    if not 0 <= vote.cash_share <= 1:
        raise BadInput("share_out_of_range", "The cash part is a share from 0 to 1.")
    ids = [step.id for step in vote.steps]
    if len(set(ids)) != len(ids):
        raise BadInput("fund_twice", "A fund stands twice in the vote.")
    if any(step.share < 0 for step in vote.steps):
        raise BadInput("share_out_of_range", "A fund does not take less than nothing.")
    _check_basis(pack, vote, on)
    for law in pack.statutory_shares(on):
        step = next((s for s in vote.steps if s.id == law.id), None)
        if step is not None:
            _check_step(pack, law, step)
    _check_reserve(pack, vote, on)


def lawful_vote(pack: Pack, *, vote: Vote, on: date) -> Vote:
    """The vote, with each fund raised to the minimum that the law has come to ask since."""
    least = {(law.id, law.base): law.floor for law in pack.statutory_shares(on)}
    steps = tuple(
        replace(step, share=max(step.share, least.get((step.id, step.base), step.share)))
        for step in vote.steps
    )
    return replace(vote, steps=steps)


def _check_basis(pack: Pack, vote: Vote, on: date) -> None:
    rule = pack.surplus.patronage_by_capital_refused if pack.surplus else None
    if vote.basis == "capital" and rule is not None and rule.holds(on):
        raise RuleBroken(
            "patronage_by_capital",
            "A return by capital is against the law here: %(law)s. Share it by hours worked.",
            law=saying(rule.law),
            source=pack.sources[rule.source].title,
        )


def _check_step(pack: Pack, law: StatutoryShare, step: Step) -> None:
    comparable = step.base is law.base
    if comparable and step.share < law.floor:
        raise RuleBroken(
            "below_law",
            "%(law_name)s: %(share)s undercuts the %(minimum)s of %(law)s."
            " A vote may raise it, not lower it.",
            fund=law.id,
            minimum=Rate(law.floor),
            law=saying(law.law),
            rule=saying("%(name)s, %(law)s", name=law.name, law=saying(law.law)),
            source=pack.sources[law.source].title,
            law_name=law.name,
            share=Rate(step.share),
        )
    if comparable and law.cap is not None and step.share > law.cap:
        raise RuleBroken(
            "above_law",
            "%(law_name)s: %(share)s is more than the %(maximum)s of %(law)s.",
            fund=law.id,
            maximum=Rate(law.cap),
            law=saying(law.law),
            law_name=law.name,
            share=Rate(step.share),
        )


def _check_reserve(pack: Pack, vote: Vote, on: date) -> None:
    """Where the constitution must name the reserve, a vote without one is below the law."""
    rule = pack.surplus.reserve_required if pack.surplus else None
    if rule is None or not rule.holds(on):
        return
    if not any(step.id == "reserve" and step.share > 0 for step in vote.steps):
        raise RuleBroken(
            "below_law",
            "The law demands a reserve: %(rule)s. Name the share your constitution sets.",
            fund="reserve",
            law=saying(rule.law),
            rule=saying(rule.law),
            source=pack.sources[rule.source].title,
        )


def flags_for(pack: Pack, year: Year, vote: Vote, on: date) -> tuple[Flag, ...]:
    """What a person must look at: a minimum whose reading is not settled is shown, not guessed."""
    flags = []
    for law in pack.statutory_shares(on):
        if not law.flagged or year.surplus.minor < 0:
            continue
        step = next((s for s in vote.steps if s.id == law.id), None)
        if step is not None and step.base is law.base:
            continue
        flags.append(Flag("law_reading_open", _band(law, year), pack.cited(law.id, law)))
    return tuple(flags)


def _band(law: StatutoryShare, year: Year) -> Said:
    said = _OF[law.base]
    rates: Fact = Rate(law.floor)
    if law.cap is not None:
        rates = saying("%(low)s to %(high)s", low=Rate(law.floor), high=Rate(law.cap))
    base = _base(law, year)
    if base is None:
        return saying(
            "%(name)s: %(law)s speaks of %(rates)s of %(base)s; ask whether it means the balance or"
            " the yearly share.",
            name=saying(law.name), law=saying(law.law), rates=rates, base=said,
        )  # fmt: skip
    amounts: Fact = base.times(law.floor, Rounding.UP)
    if law.cap is not None:
        high = base.times(law.cap, Rounding.DOWN)
        amounts = saying("%(low)s to %(high)s", low=base.times(law.floor, Rounding.UP), high=high)
    return saying(
        "%(name)s: %(law)s speaks of %(rates)s of %(base)s, that is %(amounts)s; ask whether it"
        " means the balance or the yearly share.",
        name=saying(law.name), law=saying(law.law), rates=rates, base=said, amounts=amounts,
    )  # fmt: skip


def _base(law: StatutoryShare, year: Year) -> Money | None:
    return year.net_assets if law.base is Base.NET_ASSETS else year.surplus
