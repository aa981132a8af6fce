"""The surplus waterfall: the law, then the members' vote, then patronage by hours; nothing lost.

Order: losses brought forward, reserves to rebuild, the part earned with non-members, statutory
minimums (settled up), voted funds (settled down), patronage by largest remainder.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from coop.kernel import (
    BadInput,
    Money,
    Rate,
    Rounding,
    RuleBroken,
    Said,
    ours,
    saying,
    total,
)  # fmt: skip
from coop.law.rules.surplus_law import check_vote, flags_for
from coop.law.types import (
    Allotment,
    Base,
    Cited,
    Flag,
    Pack,
    PatronShare,
    StatutoryShare,
    Step,
    Vote,
    Waterfall,
    Year,
)  # fmt: skip


@dataclass(slots=True)
class _Flow:
    """What is left while the surplus runs down the rungs."""

    year: Year
    remaining: Money
    member_part: Money
    allotments: list[Allotment] = field(default_factory=list)

    def take(
        self,
        id: str,
        name: str,
        amount: Money,
        *,
        rule: Said,
        base: Money | None = None,
        share: Fraction | None = None,
        indivisible: bool = True,
        by_law: bool = True,
        cited: Cited | None = None,
    ) -> None:
        self.allotments.append(
            Allotment(
                id, name, amount, base or self.remaining, share, indivisible, by_law, rule, cited
            )
        )
        self.remaining = self.remaining - amount

    def base(self, kind: Base) -> Money:
        if kind is Base.SURPLUS:
            return self.year.surplus
        if kind is Base.MEMBER_PART:
            return self.member_part
        if kind is Base.REMAINING:
            return self.remaining
        if self.year.net_assets is None:
            raise BadInput("net_assets_missing", "This fund is a share of net assets; say them.")
        return self.year.net_assets


def share_surplus(pack: Pack, *, year: Year, vote: Vote, on: date) -> Waterfall:
    """Run a closed year's surplus (or loss) down the waterfall; `on` is the year's end.

    Raises RuleBroken "below_law", "above_law", "patronage_by_capital", "joint_cap",
    "surplus_overdrawn", "no_patronage".
    """
    _check_year(pack, year)
    check_vote(pack, vote=vote, on=on)
    flow = _Flow(year, year.surplus, year.surplus)
    if year.surplus.minor < 0:
        _loss(pack, flow)
    else:
        _mend(flow)
        _non_members(pack, flow, on)
        flow.member_part = flow.remaining
        _statutory(pack, flow, vote, on)
        _voted(pack, flow, vote, on)
        _joint_caps(flow, vote)
    flags = flags_for(pack, year, vote, on)
    return _result(flow, vote, flags)


def _check_year(pack: Pack, year: Year) -> None:
    for amount in (year.surplus, year.losses_forward, year.reserve_to_rebuild):
        if amount.currency != pack.currency:
            raise BadInput(
                "currency_wrong",
                "%(country)s keeps its books in %(currency)s.",
                country=pack.country,
                currency=pack.currency,
            )
    if year.losses_forward.minor < 0 or year.reserve_to_rebuild.minor < 0:
        raise BadInput("loss_sign", "Losses and reserves to rebuild are given as positive amounts.")
    if not 0 <= year.non_member_share <= 1:
        raise BadInput("share_out_of_range", "The non-member part is a share from 0 to 1.")
    numbers = [patron.number for patron in year.patrons]
    if len(set(numbers)) != len(numbers):
        raise BadInput("member_twice", "A member number stands twice in the list of patronage.")


def _mend(flow: _Flow) -> None:
    loss = min(flow.remaining, flow.year.losses_forward)
    if loss:
        flow.take("losses", ours("Losses brought forward"), loss, rule=saying("losses come first"))
    rebuilt = min(flow.remaining, flow.year.reserve_to_rebuild)
    if rebuilt:
        flow.take(
            "rebuild",
            ours("Reserve to rebuild"),
            rebuilt,
            rule=saying("a used reserve is rebuilt"),
        )


def _non_members(pack: Pack, flow: _Flow, on: date) -> None:
    law = pack.surplus
    rule = law.non_member_fund if law else None
    share = flow.year.non_member_share
    if not share or rule is None or not rule.holds(on):
        return
    amount = flow.remaining.times(share, Rounding.UP)
    flow.take(
        "non_member_fund",
        ours("Fund from work for non-members"),
        amount,
        rule=saying(rule.law),
        share=share,
        cited=pack.cited("non_member_fund", rule),
    )


def _statutory(pack: Pack, flow: _Flow, vote: Vote, on: date) -> None:
    for law in pack.statutory_shares(on):
        step = next((s for s in vote.steps if s.id == law.id), None)
        if law.flagged and step is None:
            continue
        amount, share, base = _raised(flow, law, step)
        flow.take(
            law.id,
            law.name,
            min(amount, flow.remaining),
            rule=saying("%(share)s; %(law)s", share=Rate(share), law=saying(law.law)),
            base=base,
            share=share,
            indivisible=law.indivisible,
            cited=pack.cited(law.id, law),
        )


def _raised(flow: _Flow, law: StatutoryShare, step: Step | None) -> tuple[Money, Fraction, Money]:
    """The law's minimum, or what members raised it to. Both are settled up."""
    if step is None:
        base = flow.base(law.base)
        return base.times(law.floor, Rounding.UP), law.floor, base
    base = flow.base(step.base)
    amount = _bounded(step, base.times(step.share, Rounding.UP))
    if not law.flagged:
        least = flow.base(law.base).times(law.floor, Rounding.UP)
        if amount < least:
            raise RuleBroken(
                "below_law",
                "%(name)s: %(voted)s is less than the %(minimum)s the law demands (%(law)s).",
                fund=law.id, minimum=least, voted=amount, name=law.name, law=saying(law.law),
            )  # fmt: skip
    return amount, step.share, base


def _voted(pack: Pack, flow: _Flow, vote: Vote, on: date) -> None:
    lawful = {law.id for law in pack.statutory_shares(on)}
    for step in vote.steps:
        if step.id in lawful:
            continue
        base = flow.base(step.base)
        amount = _bounded(step, base.times(step.share, Rounding.DOWN))
        if amount > flow.remaining:
            raise RuleBroken(
                "surplus_overdrawn",
                "%(step_name)s would take %(wanted)s, but only %(left)s is left. Lower it.",
                fund=step.id,
                wanted=amount,
                left=flow.remaining,
                step_name=step.name,
            )
        flow.take(
            step.id,
            step.name,
            amount,
            rule=saying("%(share)s voted by the members", share=Rate(step.share)),
            base=base,
            share=step.share,
            indivisible=step.indivisible,
            by_law=False,
        )


def _bounded(step: Step, amount: Money) -> Money:
    if step.floor is not None:
        amount = max(amount, step.floor)
    if step.cap is not None:
        amount = min(amount, step.cap)
    if step.target is not None:
        held = step.balance or Money.zero(amount.currency)
        amount = min(amount, max(step.target - held, Money.zero(amount.currency)))
    return amount


def _joint_caps(flow: _Flow, vote: Vote) -> None:
    for cap in vote.joint_caps:
        taken = [a.amount for a in flow.allotments if a.id in cap.ids]
        if "patronage" in cap.ids:
            taken.append(flow.remaining)
        joined = total(taken, flow.remaining.currency)
        if joined.minor > flow.year.surplus.minor * cap.share:
            raise RuleBroken(
                "joint_cap",
                "%(ids)s together take %(together)s, more than %(share)s of %(surplus)s."
                " Lower one of them.",
                together=joined,
                ids=" and ".join(cap.ids),
                share=Rate(cap.share),
                surplus=flow.year.surplus,
            )


def _loss(pack: Pack, flow: _Flow) -> None:
    """The reserve meets a loss first; what it cannot bear is apportioned or carried forward."""
    borne = min(-flow.remaining, flow.year.reserve_balance)
    if borne:
        flow.take(
            "reserve",
            ours("Borne by the reserve"),
            -borne,
            rule=saying("the reserve meets a loss first"),
        )
    law = pack.surplus
    if flow.remaining and (law is None or law.on_loss == "carry_forward"):
        rule = saying("what the reserve cannot bear is carried forward")
        flow.take("loss_forward", ours("Loss carried forward"), flow.remaining, rule=rule)


def _result(flow: _Flow, vote: Vote, flags: tuple[Flag, ...]) -> Waterfall:
    cited = [a.cited for a in flow.allotments if a.cited]
    cited += [flag.cited for flag in flags if flag.cited]
    return Waterfall(
        surplus=flow.year.surplus,
        allotments=tuple(flow.allotments),
        patronage=flow.remaining,
        shares=_shares(flow, vote),
        flags=flags,
        cited=tuple(cited),
    )


def _shares(flow: _Flow, vote: Vote) -> tuple[PatronShare, ...]:
    patrons = sorted(flow.year.patrons, key=lambda patron: patron.number)
    weights = [patron.hours for patron in patrons]
    if not flow.remaining:
        parts = [flow.remaining for _ in patrons]
    elif sum(weights, Fraction(0)) <= 0:
        raise RuleBroken(
            "no_patronage",
            "%(remaining)s is left for patronage, but no member has hours in this year.",
            remaining=flow.remaining,
        )
    else:
        parts = flow.remaining.share(weights)
    shares = []
    for patron, amount in zip(patrons, parts, strict=True):
        cash = amount.times(vote.cash_share, Rounding.DOWN)
        shares.append(PatronShare(patron.number, patron.hours, amount, cash, amount - cash))
    return tuple(shares)
