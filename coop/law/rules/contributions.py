"""What each scheme of the place takes from a pay, half by half, and why others take nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from coop.kernel import BadInput, Money, RuleBroken, total
from coop.law.rules.asking import Ask
from coop.law.rules.computing import Computed, compute
from coop.law.types import (
    ContributionLine,
    ContributionResult,
    Employer,
    Halves,
    Pack,
    Regime,
    Scheme,
    SchemePeriod,
    SkippedLine,
)  # fmt: skip
from coop.law.types.schemes import AnyPeriod


@dataclass(frozen=True, slots=True)
class _Case:
    """One question with the regime it falls under."""

    ask: Ask
    regime: Regime | None
    employer: Employer


def contributions(
    pack: Pack,
    *,
    gross: Money,
    on: date,
    hours: Fraction | int | None = None,
    days: int | None = None,
    worker_class: str | None = None,
    employer: str = "household",
    weeks: int | None = None,
    week_hours: Fraction | int | None = None,
    allowances: Money | None = None,
) -> ContributionResult:
    """All schemes on a month's `gross` for one employer; `hours` and `days` are those of the month.

    Weekly class tables read `gross` as the pay of `weeks` weeks (one when not said). `worker_class`
    names a risk class, an hours band, a class of pay, or a regime's code. `allowances` are the part
    of `gross` that is no wage (transport, housing). Raises BadInput, or RuleBroken
    "regime_not_met", "law_silent".
    """
    _check(pack, gross, hours, days, employer, weeks)
    week = Fraction(week_hours) if week_hours is not None else None
    if week is None and hours is not None:
        week = Fraction(hours) * 12 / 52
    if allowances is not None and not 0 <= allowances.minor <= gross.minor:
        raise BadInput(
            "allowances_unlikely", "Allowances are a part of the pay, at most all of it."
        )
    ask = Ask(
        pack=pack,
        gross=gross,
        on=on,
        hours=None if hours is None else Fraction(hours),
        week_hours=week,
        days=days,
        worker_class=worker_class,
        weeks=weeks or 1,
        allowances=0 if allowances is None else allowances.minor,
    )
    return _all(_Case(ask, _regime(ask), Employer(employer)))


def least_month_hours(pack: Pack, on: date) -> dict[str, Fraction]:
    """By scheme, the hours of a month under which nothing is owed, where the law says so."""
    found = {}
    for scheme in pack.schemes:
        period = scheme.in_force(on)
        if period is not None and period.applies.min_hours_month is not None:
            found[scheme.code] = Fraction(period.applies.min_hours_month)
    return found


def _all(case: _Case) -> ContributionResult:
    lines: list[ContributionLine] = []
    skipped: list[SkippedLine] = []
    for scheme in case.ask.pack.schemes:
        answer = _one(case, scheme)
        if isinstance(answer, SkippedLine):
            skipped.append(answer)
        else:
            lines.append(answer)
    taken = {line.scheme for line in lines}
    return _result(case, lines, [skip for skip in skipped if skip.scheme not in taken])


def _check(
    pack: Pack,
    gross: Money,
    hours: Fraction | int | None,
    days: int | None,
    employer: str,
    weeks: int | None,
) -> None:
    if gross.currency != pack.currency:
        raise BadInput(
            "currency_wrong",
            "%(country)s pays in %(currency)s, not %(gross)s.",
            country=pack.country,
            currency=pack.currency,
            gross=gross,
        )
    if gross.minor < 0:
        raise BadInput("gross_negative", "Pay is not negative; a correction is its own slip.")
    if hours is not None and hours < 0:
        raise BadInput("hours_negative", "Hours are not negative.")
    if days is not None and not 0 <= days <= 31:
        raise BadInput("days_unlikely", "A month does not have %(days)s days of work.", days=days)
    if weeks is not None and not 1 <= weeks <= 6:
        raise BadInput(
            "weeks_unlikely", "A period of pay does not have %(weeks)s weeks.", weeks=weeks
        )
    if employer not in set(Employer):
        raise BadInput(
            "employer_unknown", "%(employer)r is not household or cooperative.", employer=employer
        )


def _regime(ask: Ask) -> Regime | None:
    rows = [row for row in ask.pack.regimes if row.holds(ask.on)]
    named = next((row for row in rows if ask.worker_class in (row.code, row.id)), None)
    if named is not None:
        if not _meets(named, ask, asked_for=True):
            raise RuleBroken(
                "regime_not_met",
                "The %(regime)s regime needs at most %(days_max)s days and a month's pay"
                " below the minimum wage; insure her in full.",
                regime=named.id,
                days_max=named.days_max,
            )
        return named
    return next((row for row in rows if _meets(row, ask)), None)


def _meets(row: Regime, ask: Ask, *, asked_for: bool = False) -> bool:
    if row.days_max is not None:
        if ask.days is None:
            if asked_for:
                raise BadInput(
                    "days_missing", "The %(regime)s regime needs the days worked.", regime=row.id
                )
            return False
        if ask.days > row.days_max:
            return False
    if row.pay_below_minimum_wages is not None:
        bound, _ = ask.minimum_wages(row.pay_below_minimum_wages)
        return ask.gross.minor < bound
    return True


def _one(case: _Case, scheme: Scheme) -> ContributionLine | SkippedLine:
    period = scheme.in_force(case.ask.on)
    if period is None:
        reason = f"{scheme.name} has no rule in force on {case.ask.on} in this pack."
        return SkippedLine(scheme.code, scheme.name, reason, "not_in_force", None)
    refused = _why_not(case, period)
    computed = None if refused else compute(case.ask, period)
    if isinstance(computed, Computed):
        return _line(case, scheme, period, computed)
    code, reason = refused or computed or ("not_covered", scheme.name)
    cited = case.ask.pack.cited(scheme.id, period)
    return SkippedLine(scheme.code, scheme.name, reason, code, cited)


def _why_not(case: _Case, period: SchemePeriod) -> tuple[str, str] | None:
    applies, ask = period.applies, case.ask
    if case.employer not in applies.employers:
        who = f"Not owed when the employer is a {case.employer}."
        return "other_employer", applies.otherwise or who
    if applies.regimes and (case.regime is None or case.regime.id not in applies.regimes):
        return "other_regime", applies.otherwise or "Not part of this regime."
    least = applies.min_hours_month
    if least is not None and ask.hours is not None and ask.hours < least:
        return "few_hours", f"Exempt: under {least} hours in the month for this employer."
    most = applies.pay_month_max
    if most is not None and ask.counted(period)[0] > most * ask.pack.scale:
        return "pay_above", f"Pay is above {ask.pack.money(most).major()} a month."
    return None


def _line(case: _Case, scheme: Scheme, period: AnyPeriod, computed: Computed) -> ContributionLine:
    pack = case.ask.pack
    cited = pack.cited(scheme.id, period)
    return ContributionLine(
        scheme=scheme.code,
        name=scheme.name,
        base=computed.base,
        worker=computed.worker,
        employer=computed.total - computed.worker,
        total=computed.total,
        before_rounding=Halves(
            computed.plain_worker,
            computed.plain_employer,
            computed.plain_worker + computed.plain_employer,
        ),
        parts=computed.parts,
        rule=computed.rule,
        rule_id=cited.key,
        period=cited.period,
        source=cited.source,
        confidence=cited.confidence,
        review_by=cited.review_by,
        note=period.note,
        cited=(cited, *computed.cited),
    )


def _result(
    case: _Case, lines: list[ContributionLine], skipped: list[SkippedLine]
) -> ContributionResult:
    ask = case.ask
    worker = total([line.worker for line in lines], ask.pack.currency)
    employer = total([line.employer for line in lines], ask.pack.currency)
    return ContributionResult(
        country=ask.pack.country,
        on=ask.on,
        gross=ask.gross,
        regime=case.regime.id if case.regime else None,
        lines=tuple(lines),
        skipped=tuple(skipped),
        worker=worker,
        employer=employer,
        total=worker + employer,
    )
