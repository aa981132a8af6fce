from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import RuleBroken, saying
from coop.law import queries as law
from coop.law.registry import pack
from coop.law.types import Cited, Override
from coop.members.types import MemberRef
from coop.realtime import changed, office_group
from payments.payroll.events import PayRunComputed
from payments.payroll.models import Contribution, PayRun, Payslip, PayslipLine
from payments.payroll.operations._lock import locked, only_for
from payments.payroll.queries.asks import SlipFor, slips_to_compute, terms_of
from payments.payroll.rules.slip import compute_slip
from payments.payroll.types import PayRunState, Slip


@transaction.atomic
def compute(
    *, by: MemberRef, at: datetime, run_id: UUID, overrides: Sequence[Override] = ()
) -> int:
    """Turn the hours not yet paid, up to the period's end, into payslips; how many.

    Refused before the period is over (`period_not_over`), when a law figure is past its review or
    unsure and no officer signed an override (`law_stale`, `law_unsure`), and when a pay is
    below the floor.
    """
    only_for(by, "treasurer", "board")
    run = locked(by, run_id, state=PayRunState.OPEN)
    if at.astimezone(ZoneInfo(by.zone)).date() < run.period.upper:
        raise RuleBroken(
            "period_not_over",
            _("This period is not over yet. Compute it when its last day is past."),
        )
    figures = pack(by.country)
    slips = [
        (wanted, compute_slip(figures, wanted.ask))
        for wanted in slips_to_compute(run, country=by.country, zone=by.zone, at=at)
    ]
    cited: dict[str, Cited] = {c.key: c for _w, slip in slips for c in slip.cited}
    used = law.check_usable(cited.values(), at.date(), overrides)
    _write(run, slips, at)
    run.terms = {"overrides": [f"{o.key} by {o.signed_by}: {o.reason}" for o in used]}
    run.computed_at, run.computed_by_id = at, by.person_id
    run.to_computed()
    run.save()
    audit.record(
        by=by,
        at=at,
        sentence=saying("computed %(count)s payslips", count=len(slips)),
        about=("pay_run", run.id),
    )
    publish(PayRunComputed(by.cooperative_id, run.id, len(slips), at))
    groups = [office_group(by.cooperative_id, office) for office in ("treasurer", "board")]
    changed(groups=groups, what="pay_run", id=run.id)
    return len(slips)


def _write(run: PayRun, slips: list[tuple[SlipFor, Slip]], at: datetime) -> None:
    rows = [_payslip(run, wanted, slip) for wanted, slip in slips]
    try:
        with transaction.atomic():
            Payslip.objects.bulk_create(rows)
            PayslipLine.objects.bulk_create(
                line
                for row, (_wanted, slip) in zip(rows, slips, strict=True)
                for line in _lines(row, slip)
            )
    except IntegrityError as error:
        if "hours_paid_once" in str(error) or "payslip_once" in str(error):
            raise RuleBroken(
                "hours_paid_already", _("Some of these hours are on a payslip already.")
            ) from error
        raise
    Contribution.objects.bulk_create(
        contribution
        for row, (_wanted, slip) in zip(rows, slips, strict=True)
        for contribution in _contributions(row, slip, at)
    )


def _payslip(run: PayRun, wanted: SlipFor, slip: Slip) -> Payslip:
    return Payslip(
        cooperative_id=run.cooperative_id, run=run, worker_id=wanted.worker_id,
        worker_name=wanted.worker_name, month=wanted.ask.law_on.replace(day=1),
        paid_seconds=slip.seconds, gross_minor=slip.gross.minor,
        allowance_minor=slip.allowance.minor,
        deducted_minor=slip.deducted.minor, net_minor=slip.net.minor,
        employer_minor=slip.employer.minor, put_aside_minor=slip.put_aside.minor,
        minimum_minor=slip.minimum.minor, currency=run.currency, law_on=wanted.ask.law_on,
        terms=terms_of(wanted.ask, slip),
    )  # fmt: skip


def _lines(row: Payslip, slip: Slip) -> list[PayslipLine]:
    return [
        PayslipLine(
            cooperative_id=row.cooperative_id, payslip=row, position=position, kind=line.kind,
            hours_entry_id=line.hours_id, worked_on=line.worked_on, service=line.service,
            seconds=line.seconds, rate_minor=line.rate.minor, amount_minor=line.amount.minor,
            currency=row.currency, rule=line.rule.sentence, facts=line.rule.kept,
            versions=line.versions,
        )
        for position, line in enumerate(slip.lines)
    ]  # fmt: skip


def _contributions(row: Payslip, slip: Slip, at: datetime) -> list[Contribution]:
    return [
        Contribution(
            cooperative_id=row.cooperative_id, payslip=row, worker_id=row.worker_id,
            scheme=due.scheme, name=due.name, month=row.month, base_minor=due.base.minor,
            worker_minor=due.worker.minor, employer_minor=due.employer.minor,
            currency=row.currency, rule=due.rule.sentence, facts=due.rule.kept,
            rule_id=due.rule_id, source=due.source, moved_at=at,
        )
        for due in slip.contributions
    ]  # fmt: skip
