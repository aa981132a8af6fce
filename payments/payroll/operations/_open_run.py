from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import BadInput, RuleBroken, saying
from coop.members.types import MemberRef
from payments.payroll.events import PayRunOpened
from payments.payroll.models import PayRun
from payments.payroll.operations._lock import only_for


@transaction.atomic
def open_pay_run(*, by: MemberRef, at: datetime, starts_on: date, ends_on: date) -> UUID:
    """Open the run of a period of days, the last not included; a day belongs to one run only.

    Raises `pay_run_period_taken`, `pay_run_period_wrong`.
    """
    only_for(by, "treasurer", "board")
    if not starts_on < ends_on or (ends_on - starts_on).days > 31:
        raise BadInput(
            "pay_run_period_wrong", _("A pay period has one to 31 days and ends after it starts.")
        )
    try:
        with transaction.atomic():
            run = PayRun.objects.create(
                cooperative_id=by.cooperative_id, period=DateRange(starts_on, ends_on),
                currency=by.currency, opened_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        if "pay_run_period_once" in str(error):
            raise RuleBroken(
                "pay_run_period_taken",
                _("Some of these days belong to another pay run. Open that one, or choose others."),
            ) from error
        raise
    audit.record(
        by=by, at=at,
        sentence=saying(
            "opened the pay run from %(starts_on)s to before %(ends_on)s",
            starts_on=starts_on, ends_on=ends_on,
        ),
        about=("pay_run", run.id),
    )  # fmt: skip
    month = (ends_on - timedelta(days=1)).replace(day=1)
    publish(PayRunOpened(by.cooperative_id, run.id, month, at))
    return run.id
