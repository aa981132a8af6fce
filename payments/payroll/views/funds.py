"""Sending the funds what is theirs: prepare, second key, paid, declared; and workers' questions."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coop.kernel import BadInput
from coop.members.access import needs, ref_of
from coop.members.types import MemberRef
from payments.payroll import operations, queries
from payments.payroll.forms import ReferenceForm, WordsForm
from payments.payroll.types import FundMonth, RemittanceState
from payments.payroll.views.mine import contribution_context
from payments.payroll.views.runs import KEEPERS, READERS


def month_of(text: str) -> date:
    """Raises BadInput `month_unreadable`."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise BadInput("month_unreadable", _("A month is written like 2026-03.")) from error


@needs(*KEEPERS)
def fund(request: HttpRequest, scheme: str, month: str) -> HttpResponse:
    """Where a fund's month stands, and the one thing to do next."""
    ref, first = ref_of(request), month_of(month)
    found = queries.fund_month(ref, scheme, first)
    form = ReferenceForm(request.POST or None, request.FILES or None)
    needs_words = _verb(found) in ("pay", "declare")
    if request.method == "POST" and (not needs_words or form.is_valid()):
        said = form.cleaned_data if needs_words else {}
        _act(ref, timezone.now(), found, said)
        messages.success(request, _DONE[_verb(found)])
        left = [(f.scheme, f.month) for f in queries.owed_to_funds(ref)]
        if (scheme, first) in left:
            return redirect("payroll:fund", scheme, month)
        return redirect("payroll:runs")
    context = {
        "found": found, "form": form, "verb": _verb(found), "remittance": found.remittance,
        "mine": bool(found.remittance and found.remittance.made_by == ref.person_id),
        "zone": ref.zone,
    }  # fmt: skip
    return render(request, "payroll/fund.html", context)


class _Done(dict[str, str]):
    """The words after each verb, in the reader's language."""

    def __missing__(self, verb: str) -> str:
        return {
            "prepare": _("Prepared. Another person gives the second key."),
            "approve": _("Your key is given. It can be paid now."),
            "pay": _("Paid to the fund."),
            "declare": _("Declared to the fund."),
        }[verb]


_DONE = _Done()


def _verb(found: FundMonth) -> str:
    if found.remittance is not None:
        made = found.remittance.state is RemittanceState.MADE
        return "approve" if made else "pay"
    return "prepare" if found.to_pay else "declare"


def _act(ref: MemberRef, now: datetime, found: FundMonth, said: dict[str, object]) -> None:
    verb = _verb(found)
    scheme, month, sent = found.scheme, found.month, found.remittance
    if verb == "prepare":
        operations.prepare_remittance(by=ref, at=now, scheme=scheme, month=month)
        return
    if verb == "approve" and sent is not None:
        operations.approve_remittance(by=ref, at=now, remittance_id=sent.id)
        return
    reference, receipt = str(said["reference"]), _kept(ref, now, said.get("receipt"))
    if sent is not None:
        operations.remit(
            by=ref, at=now, remittance_id=sent.id, reference=reference, document_id=receipt
        )
    else:
        operations.file_contributions(
            by=ref, at=now, scheme=scheme, month=month, reference=reference, document_id=receipt
        )


def _kept(ref: MemberRef, now: datetime, upload: object) -> UUID | None:
    """The receipt, read no further than it may be long."""
    read = getattr(upload, "read", None)
    if read is None:
        return None
    content = read(2_000_001)
    return operations.keep_document(
        by=ref, at=now, name=str(getattr(upload, "name", "")), content=content
    )


@needs(*READERS)
def sent(request: HttpRequest) -> HttpResponse:
    """Every payment to a fund, newest first, with its two keys and its receipt."""
    ref = ref_of(request)
    context = {"sent": queries.remittances(ref), "zone": ref.zone}
    return render(request, "payroll/sent.html", context)


@needs(*KEEPERS)
def question(request: HttpRequest, contribution_id: UUID) -> HttpResponse:
    """A contribution a worker does not find: its way, her words, and the answer to her."""
    ref = ref_of(request)
    found = queries.contribution(ref, contribution_id)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.answer_query(
            by=ref, at=timezone.now(), contribution_id=contribution_id,
            note=form.cleaned_data["note"],
        )  # fmt: skip
        messages.success(request, _("She gets your answer."))
        return redirect("payroll:runs")
    context = contribution_context(request, found) | {"form": form, "asked": found.card.state}
    return render(request, "payroll/question.html", context)
