"""What payroll says: to the worker about her pay and record, to the office about days to keep."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.utils.translation import gettext_noop as _n

from coop.events import react_to
from coop.kernel import Money
from coop.members import queries as members
from coop.members.types import MemberRef
from coop.notices import operations as notices
from coop.notices.registry import template
from coop.notices.types import Channel
from coop.outbox import operations as outbox
from coop.outbox.registry import effect
from payments.payroll import queries
from payments.payroll.events import (
    ContributionAnswered,
    ContributionQueried,
    PayRunOpened,
    PayRunPaid,
)

template(
    "payslip_ready",
    subject=_n("You are paid"),
    text=_n("Your pay is on its way. See every line of your payslip."),
    link="/money/pay/slip/%(slip)s",
    private=True,
)
template(
    "fund_due_soon",
    subject=_n("To be paid by %(day)s: %(fund)s"),
    text=_n("%(amount)s for %(month)s must be at the fund by %(day)s. It is not paid yet."),
    link="/money/pay/funds/%(scheme)s/%(code)s",
)
template(
    "fund_due_late",
    subject=_n("Late: %(fund)s"),
    text=_n("%(amount)s for %(month)s should have been at the fund by %(day)s. Pay it now."),
    link="/money/pay/funds/%(scheme)s/%(code)s",
)
template(
    "contribution_queried",
    subject=_n("A worker does not find a contribution"),
    text=_n("The fund does not show %(fund)s of %(month)s to a worker. Look, and tell her."),
    link="/money/pay/questions/%(contribution)s",
)
template(
    "contribution_answered",
    subject=_n("An answer about %(fund)s"),
    text=_n("The treasurer looked into %(fund)s of %(month)s. Read the answer, and look again."),
    link="/money/pay/record/%(contribution)s",
)
#: Days before the last banking day on which the office is reminded; the day after it is late.
REMIND = (7, 2)
_MORNING = time(8)


@react_to(PayRunOpened)
def promise_reminders(event: PayRunOpened) -> None:
    """For each fund of the place whose day is known: two reminders, and a word when it is late."""
    by = members.system_ref(event.cooperative_id)
    zone = ZoneInfo(by.zone)
    for code, scheme in queries.schemes_of(by.country).items():
        if scheme.due_day is None:
            continue
        due, last = queries.pay_by(by.country, event.month, scheme.due_day)
        days = [(str(n), last - timedelta(days=n)) for n in REMIND]
        for stage, day in (*days, ("late", due + timedelta(days=1))):
            morning = datetime.combine(day, _MORNING, tzinfo=zone)
            outbox.promise(
                key=f"fund:{event.cooperative_id}:{code}:{event.month:%Y-%m}:{stage}",
                effect="payroll.remind_of_fund", due_at=morning, at=event.at,
                payload={
                    "cooperative": str(event.cooperative_id), "scheme": code,
                    "month": event.month.isoformat(), "stage": stage,
                },
                cooperative_id=event.cooperative_id,
            )  # fmt: skip


@effect("payroll.remind_of_fund")
def remind_of_fund(payload: dict[str, Any], *, at: datetime) -> None:
    """Tell treasurer and board, unless the month is at the fund already."""
    by = members.system_ref(UUID(payload["cooperative"]))
    month, scheme = date.fromisoformat(payload["month"]), payload["scheme"]
    today = at.astimezone(ZoneInfo(by.zone)).date()
    for found in queries.deadlines(by, on=today):
        if (found.scheme, found.month) != (scheme, month) or found.pay_by is None:
            continue
        late = payload["stage"] == "late"
        for office in ("treasurer", "board"):
            for card in members.holders(cooperative_id=by.cooperative_id, office=office, on=today):
                notices.notify(
                    by=by, at=at, to=card.id,
                    template="fund_due_late" if late else "fund_due_soon",
                    key=f"{scheme}:{month}:{payload['stage']}:{by.cooperative_id}:{card.id}",
                    context={
                        "fund": found.name, "amount": _said(found.waits),
                        "month": _month(month, card.language), "scheme": scheme,
                        "code": f"{month:%Y-%m}",
                        "day": format_date(
                            found.pay_by, "d MMM", locale=card.language.replace("-", "_")
                        ),
                    },
                )  # fmt: skip


@react_to(PayRunPaid)
def tell_everybody(event: PayRunPaid) -> None:
    """Each worker of the run hears that she is paid; her figures stay on her page."""
    outbox.promise(
        key=f"payslips:{event.run_id}", effect="payroll.tell_everybody", due_at=event.at,
        at=event.at, payload={"cooperative": str(event.cooperative_id), "run": str(event.run_id)},
        cooperative_id=event.cooperative_id,
    )  # fmt: skip


@effect("payroll.tell_everybody")
def tell_them(payload: dict[str, Any], *, at: datetime) -> None:
    by = members.system_ref(UUID(payload["cooperative"]))
    slips = queries.payslips_of_run(by, UUID(payload["run"]))
    people = _people(by, [slip.worker_id for slip in slips])
    for slip in slips:
        if person := people.get(slip.worker_id):
            notices.notify(
                by=by, at=at, to=person, template="payslip_ready", key=f"paid:{slip.id}",
                context={"slip": str(slip.id)},
            )  # fmt: skip


@react_to(ContributionQueried)
def tell_the_treasurer(event: ContributionQueried) -> None:
    """Who keeps the books hears that a worker does not find her contribution."""
    by = members.system_ref(event.cooperative_id)
    today = event.at.astimezone(ZoneInfo(by.zone)).date()
    for card in members.holders(cooperative_id=by.cooperative_id, office="treasurer", on=today):
        _about(by, event, card.id, card.language, "contribution_queried")


@react_to(ContributionAnswered)
def tell_her(event: ContributionAnswered) -> None:
    """She hears that her question has an answer."""
    by = members.system_ref(event.cooperative_id)
    person = _people(by, [event.worker_id]).get(event.worker_id)
    if person is not None:
        language = members.people([person])[person].language
        _about(by, event, person, language, "contribution_answered")


def _about(
    by: MemberRef, event: ContributionQueried | ContributionAnswered, to: UUID, language: str,
    said: str,
) -> None:  # fmt: skip
    notices.notify(
        by=by, at=event.at, to=to, template=said, channels=(Channel.SMS, Channel.IN_APP),
        key=f"{said}:{event.contribution_id}:{event.at.isoformat()}:{to}",
        context={
            "fund": event.name, "month": _month(event.month, language),
            "contribution": str(event.contribution_id),
        },
    )  # fmt: skip


def _people(by: MemberRef, worker_ids: list[UUID]) -> dict[UUID, UUID]:
    on = date.max
    cards = members.workers(cooperative_id=by.cooperative_id, on=on, ids=worker_ids)
    return {card.id: card.person_id for card in cards}


def _month(month: date, language: str) -> str:
    return format_date(month, "MMMM y", locale=language.replace("-", "_"))


def _said(amount: Money) -> str:
    return str(amount)
