"""Receipts and refunds: what the desk writes down."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coop.members.access import needs, ref_of
from payments.charges import operations, queries
from payments.charges.forms import ReceiptForm, RefundForm
from payments.charges.types import How
from payments.charges.views.pay import charge_page


@require_POST
@needs("coordinator", "treasurer")
def receive(request: HttpRequest, charge_id: UUID) -> HttpResponse:
    ref = ref_of(request)
    seen = queries.charge(ref, charge_id).card
    form = ReceiptForm(request.POST, currency=seen.amount.currency)
    if not form.is_valid():
        page = charge_page(ref, charge_id) | {"receipt_form": form}
        return render(request, "charges/charge.html", page, status=400)
    said = form.cleaned_data
    number = operations.record_receipt(
        by=ref, at=timezone.now(), charge_id=charge_id, amount=said["amount"],
        how=How(said["how"]), received_on=said["received_on"], reference=said["reference"],
    )  # fmt: skip
    messages.success(request, _("Receipt %(number)s is written.") % {"number": number})
    return redirect("charges:one", charge_id)


@require_POST
@needs("coordinator", "treasurer")
def give_back(request: HttpRequest, charge_id: UUID) -> HttpResponse:
    ref = ref_of(request)
    seen = queries.charge(ref, charge_id).card
    form = RefundForm(request.POST, currency=seen.amount.currency)
    if not form.is_valid():
        page = charge_page(ref, charge_id) | {"refund_form": form}
        return render(request, "charges/charge.html", page, status=400)
    said = form.cleaned_data
    operations.refund(
        by=ref, at=timezone.now(), charge_id=charge_id, amount=said["amount"],
        reason=said["reason"],
    )  # fmt: skip
    messages.success(request, _("The money goes back."))
    return redirect("charges:one", charge_id)
