"""The four engines: share of a base, slices, weekly classes, fixed amounts. Exact, then settled."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from coop.kernel import BadInput, Fact, Money, Rate, Said, saying
from coop.law.rules.asking import Ask
from coop.law.rules.settling import exact, plain, settle, to_minor
from coop.law.types import (
    Cited,
    ClassesPeriod,
    FixedPeriod,
    Limit,
    Part,
    RatePeriod,
    SlicesPeriod,
)  # fmt: skip
from coop.law.types.schemes import AnyPeriod, LineRounding, SchemePeriod

#: Why a scheme takes nothing: a stable code and a sentence.
Refusal = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Computed:
    """A settled line. `plain_*`: the halves before the whole was settled."""

    base: Money
    worker: Money
    total: Money
    plain_worker: Money
    plain_employer: Money
    rule: Said
    parts: tuple[Part, ...] = ()
    cited: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A base in exact minor units, in words, and the figures it came from."""

    minor: Fraction
    words: Fact
    cited: tuple[Cited, ...]


def compute(ask: Ask, period: AnyPeriod) -> Computed | Refusal:
    """The line of one scheme row, or why it takes nothing."""
    if isinstance(period, RatePeriod):
        return _rate(ask, period)
    if isinstance(period, SlicesPeriod):
        return _slices(ask, period)
    if isinstance(period, ClassesPeriod):
        return _classes(ask, period)
    return _fixed(ask, period)


def _rate(ask: Ask, period: RatePeriod) -> Computed | Refusal:
    found = _base(ask, period)
    if isinstance(found, tuple):
        return found
    rate = _worker_rate(ask, period)
    if rate is None:
        least = plain(period.worker_steps[0].from_minimum_wages)
        return "pay_below", f"Only from {least} minimum wages a month."
    step = period.rounding.base
    base = settle(ask.pack, found.minor, step) if step else exact(found.minor, ask.pack)
    employer_rate = _employer_rate(ask, period)
    worker, employer = base.minor * rate, base.minor * employer_rate
    if period.worker_at_least is not None:
        worker = max(worker, to_minor(ask.pack, period.worker_at_least))
    rule = _rate_words(ask, period, (rate, employer_rate), found.words)
    parts = _employer_parts(ask, period, base, settle(ask.pack, employer, period.rounding.half))
    return _settled(ask, period.rounding, base, (worker, employer), rule, parts, found.cited)


def _employer_parts(ask: Ask, period: RatePeriod, base: Money, whole: Money) -> tuple[Part, ...]:
    """What the employer's half is made of; the last part is what the others leave."""
    nothing, left, parts = Money.zero(ask.pack.currency), whole, []
    names = list(period.employer_parts)
    for name, rate in period.employer_parts.items():
        amount = settle(ask.pack, base.minor * rate, period.rounding.half)
        amount = left if name == names[-1] else amount
        parts.append(Part(name, base, nothing, amount))
        left -= amount
    return tuple(parts)


def _employer_rate(ask: Ask, period: RatePeriod) -> Fraction:
    if not period.employer_by_class or ask.worker_class is None:
        return period.employer
    return period.employer_by_class.get(ask.worker_class, period.employer)


def _worker_rate(ask: Ask, period: RatePeriod) -> Fraction | None:
    """The worker's rate; None when pay is below the first step of a scheme that begins at one."""
    if not period.worker_steps:
        return period.worker
    reached = [
        step.worker
        for step in period.worker_steps
        if ask.minimum_wages(step.from_minimum_wages)[0] <= ask.gross.minor
    ]
    return reached[-1] if reached else None


def _rate_words(ask: Ask, period: RatePeriod, rates: tuple[Fraction, Fraction], base: Fact) -> Said:
    worker, employer = rates
    if period.per_100:
        said = saying("%(amount)s per 100 of %(base)s", amount=employer * 100, base=base)
    elif worker == employer or not worker or not employer:
        said = saying("%(rate)s of %(base)s", rate=Rate(worker or employer), base=base)
    else:
        said = saying(
            "%(worker)s worker and %(employer)s employer of %(base)s",
            worker=Rate(worker), employer=Rate(employer), base=base,
        )  # fmt: skip
    least = period.worker_at_least
    if least is None:
        return said
    return saying("%(rule)s, at least %(least)s", rule=said, least=ask.pack.money(least))


def _base(ask: Ask, period: RatePeriod) -> _Found | Refusal:
    if period.base == "minimum_wage":
        minor, cited = ask.minimum_wages(Fraction(1))
        return _Found(minor, saying("the whole monthly minimum wage"), (cited,))
    if period.base == "weeks_of_minimum_wage":
        return _weeks(ask, period)
    return _bounded(ask, period)


def _weeks(ask: Ask, period: RatePeriod) -> _Found | Refusal:
    if ask.days is None:
        raise BadInput("days_missing", "This scheme counts days; say how many were worked.")
    row = next((r for r in period.weeks_by_days if r.from_days <= ask.days <= r.to_days), None)
    if row is None:
        return "no_days", f"{ask.days} days make no week for this scheme."
    minor, cited = ask.minimum_wages(Fraction(row.weeks, period.weeks_in_minimum_wage))
    words = saying(
        "%(weeks)s of %(whole)s weeks of the minimum wage (%(first)s-%(last)s days)",
        weeks=row.weeks, whole=period.weeks_in_minimum_wage, first=row.from_days, last=row.to_days,
    )  # fmt: skip
    return _Found(minor, words, (cited,))


def _bounded(ask: Ask, period: RatePeriod) -> _Found:
    (minor, cited), words = ask.counted(period), saying(period.of)
    if minor != ask.gross.minor and not cited:
        words = saying("%(base)s without allowances", base=words)
    elif minor != ask.gross.minor:
        words = saying("%(base)s, allowances counted above their share", base=words)
    floor = _limit(ask, period.base_floor)
    if floor and minor < floor.minor:
        return _Found(floor.minor, saying("at least %(floor)s", floor=floor.words), floor.cited)
    ceiling = _limit(ask, period.ceiling)
    if ceiling:
        least = min(minor, ceiling.minor)
        words = saying("%(base)s up to %(ceiling)s", base=words, ceiling=ceiling.words)
        return _Found(least, words, (*cited, *ceiling.cited))
    return _Found(minor, words, cited if floor is None else floor.cited)


def _limit(ask: Ask, limit: Limit | None) -> _Found | None:
    if limit is None:
        return None
    if limit.amount is not None:
        return _Found(to_minor(ask.pack, limit.amount), ask.pack.money(limit.amount), ())
    if limit.minimum_wages is None:
        return None
    minor, cited = ask.minimum_wages(limit.minimum_wages)
    if limit.minimum_wages == 1:
        return _Found(minor, saying("one minimum wage"), (cited,))
    return _Found(minor, saying("%(n)s minimum wages", n=limit.minimum_wages), (cited,))


def _settled(
    ask: Ask,
    rounding: LineRounding,
    base: Money,
    halves: tuple[Fraction, Fraction],
    rule: Said,
    parts: tuple[Part, ...],
    cited: tuple[Cited, ...],
) -> Computed:
    """Each half on its own; when the whole is settled too, the employer bears what that adds."""
    worker = settle(ask.pack, halves[0], rounding.half)
    employer = settle(ask.pack, halves[1], rounding.half)
    whole = worker + employer
    if rounding.total:
        whole = max(whole, settle(ask.pack, halves[0] + halves[1], rounding.total))
    return Computed(base, worker, whole, worker, employer, rule, parts, cited)


def _slices(ask: Ask, period: SlicesPeriod) -> Computed:
    """Each part shown is what its slice adds to the settled sum, so the parts add up to it."""
    below, shown_before = Fraction(0), [Money.zero(ask.pack.currency)] * 2
    parts: list[Part] = []
    halves = [Fraction(0), Fraction(0)]
    for i, rung in enumerate(period.slices):
        top = Fraction(ask.gross.minor)
        if rung.up_to is not None:
            top = min(top, to_minor(ask.pack, rung.up_to))
        amount = top - below
        if amount <= 0:
            break
        below = top
        exact_halves = [amount * rung.worker, amount * rung.employer]
        step = period.rounding.slice
        if step:
            exact_halves = [Fraction(settle(ask.pack, h, step).minor) for h in exact_halves]
        halves = [a + b for a, b in zip(halves, exact_halves, strict=True)]
        settled = [settle(ask.pack, half, period.rounding.half) for half in halves]
        shown = [now - before for now, before in zip(settled, shown_before, strict=True)]
        shown_before = settled
        parts.append(Part(rung.name or str(i + 1), exact(amount, ask.pack), shown[0], shown[1]))
    base = exact(below, ask.pack)
    rule = _slice_words(ask, period)
    return _settled(ask, period.rounding, base, (halves[0], halves[1]), rule, tuple(parts), ())


def _slice_words(ask: Ask, period: SlicesPeriod) -> Said:
    said = []
    for rung in period.slices:
        rate = Rate(rung.worker or rung.employer)
        if rung.up_to is None:
            said.append(saying("%(rate)s above", rate=rate))
        else:
            said.append(saying("%(rate)s up to %(top)s", rate=rate, top=ask.pack.money(rung.up_to)))
    return saying(
        "each slice of %(base)s at its own rate: %(slices)s",
        base=saying(period.of), slices=tuple(said),
    )  # fmt: skip


def _classes(ask: Ask, period: ClassesPeriod) -> Computed | Refusal:
    times = ask.weeks if period.per == "week" else 1
    named = [c for c in period.classes if c.name == ask.worker_class]
    reached = named or [
        c for c in period.classes if to_minor(ask.pack, c.pay_from) * times <= ask.gross.minor
    ]
    if not reached:
        least = ask.pack.money(period.classes[0].pay_from).major()
        return "below_classes", f"{period.per.title()}ly pay is below the first class ({least})."
    row = reached[-1]
    halves = [to_minor(ask.pack, x * times) for x in (row.worker, row.employer)]
    known: dict[str, Fact] = {"name": row.name, "start": ask.pack.money(row.pay_from)}
    if period.per == "month":
        rule = saying(
            "class %(name)s (monthly pay from %(start)s): fixed amount for a month", **known
        )
    elif times == 1:
        rule = saying(
            "class %(name)s (weekly pay from %(start)s): fixed amount for a week", **known
        )
    else:
        rule = saying(
            "class %(name)s (weekly pay from %(start)s): fixed amount for %(weeks)s weeks",
            weeks=times, **known,
        )  # fmt: skip
    return _settled(ask, period.rounding, ask.gross, (halves[0], halves[1]), rule, (), ())


def _fixed(ask: Ask, period: FixedPeriod) -> Computed:
    if not period.bands:
        pair = (period.worker or Fraction(0), period.employer or Fraction(0))
        rule = saying("a fixed amount a month, whatever the wage")
        if period.state:
            rule = saying(
                "a fixed amount a month, whatever the wage; the state adds %(state)s",
                state=ask.pack.money(period.state),
            )
        return _fixed_line(ask, period, pair, rule)
    said = (ask.worker_class or "").replace(" ", "").removesuffix("h")
    row = next((b for b in period.bands if b.name == said), None)
    if row is None:
        if ask.week_hours is None:
            names = ", ".join(b.name for b in period.bands)
            raise BadInput(
                "band_missing", "Say the weekly hours, or the band: %(names)s.", names=names
            )
        row = [b for b in period.bands if b.hours_from <= ask.week_hours][-1]
    rule = saying("fixed amount a month for the band of %(band)s hours a week", band=row.name)
    nothing = Money.zero(ask.pack.currency)
    parts = tuple(Part(n, ask.gross, nothing, ask.pack.money(x)) for n, x in row.parts.items())
    return _fixed_line(ask, period, (row.worker, row.employer), rule, parts)


def _fixed_line(
    ask: Ask,
    period: SchemePeriod,
    pair: tuple[Fraction, Fraction],
    rule: Said,
    parts: tuple[Part, ...] = (),
) -> Computed:
    halves = (to_minor(ask.pack, pair[0]), to_minor(ask.pack, pair[1]))
    return _settled(ask, period.rounding, ask.gross, halves, rule, parts, ())
