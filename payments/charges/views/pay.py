"""What a household pays, with what, and what is open."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coop.kernel import Money, NotFound, total
from coop.members.access import needs, ref_of
from coop.members.types import MemberRef
from payments.charges import operations, queries
from payments.charges.forms import CardForm, HoldForm, ReceiptForm, RefundForm
from payments.charges.gateways import card_rail_is_open, in_sandbox
from payments.charges.types import CardCard, CardState, ChargeCard, ChargeState, Rail
from payments.charges.views.words import bills, reason

SEEN_BY = ("household", "coordinator", "treasurer", "board", "auditor")
_WAITS = (ChargeState.DRAFT, ChargeState.FAILED)


@require_GET
@needs(*SEEN_BY)
def mine(request: HttpRequest) -> HttpResponse:
    ref = ref_of(request)
    charges = queries.charges(ref)
    listed = bills(ref, charges, timezone.now())
    context = {
        "ref": ref,
        "bills": listed,
        "open_sum": total([card.outstanding for card in charges], ref.currency),
        "to_do": [bill for bill in listed if bill.card.state == ChargeState.FAILED],
        "cards": _own_cards(ref),
        "receipts": queries.receipts(ref, most=20),
        "card_rail": card_rail_is_open(),
    }
    return render(request, "charges/mine.html", context)


def _own_cards(ref: MemberRef) -> list[tuple[CardCard, str]]:
    """Her household's cards, each with why it was refused."""
    cards = queries.cards(ref, ref.household_id) if ref.household_id else []
    return [(card, reason(card.refusal)) for card in cards]


@require_GET
@needs(*SEEN_BY)
def charge(request: HttpRequest, charge_id: UUID) -> HttpResponse:
    return render(request, "charges/charge.html", charge_page(ref_of(request), charge_id))


def charge_page(ref: MemberRef, charge_id: UUID) -> dict[str, object]:
    """Everything the page of one charge shows, for whoever looks."""
    seen = queries.charge(ref, charge_id)
    card = seen.card
    waits = card.state in _WAITS and not card.captured and card_rail_is_open()
    own = ref.household_id == card.household_id
    cards = queries.cards(ref, card.household_id) if own else []
    usable = any(one.state == CardState.ACTIVE for one in cards)
    keeper = queries.may_keep(ref)
    currency = card.amount.currency
    taken = card.captured - card.refunded
    receivable = keeper and card.rail == Rail.MANUAL and card.state in _WAITS
    return {
        "ref": ref,
        "seen": seen,
        "card": card,
        "bill": bills(ref, [card], timezone.now())[0],
        "hold_form": HoldForm(cards=cards) if own and waits and usable else None,
        "needs_card": own and waits and not usable and card.rail == Rail.CARD,
        "receipt_form": ReceiptForm(
            currency=currency,
            initial={"received_on": timezone.localdate(), "amount": _expected(card).major()},
        )
        if receivable
        else None,
        "refund_form": RefundForm(currency=currency, initial=_owed(card))
        if keeper and taken.minor > 0
        else None,
    }


def _owed(card: ChargeCard) -> dict[str, str]:
    """What has to go back, filled in already."""
    return {"amount": card.owed_back.major()} if card.owed_back else {}


def _expected(card: ChargeCard) -> Money:
    """What is likely received: what is due, or before the visit the whole price."""
    return card.outstanding if card.due is not None else card.amount - card.captured


@require_POST
@needs("household")
def pay(request: HttpRequest, charge_id: UUID) -> HttpResponse:
    ref = ref_of(request)
    seen = queries.charge(ref, charge_id).card
    form = HoldForm(request.POST, cards=queries.cards(ref, seen.household_id))
    if not form.is_valid():
        page = charge_page(ref, charge_id) | {"hold_form": form}
        return render(request, "charges/charge.html", page, status=400)
    operations.arrange_hold(
        by=ref, at=timezone.now(), charge_id=charge_id,
        saved_card_id=UUID(form.cleaned_data["card"]),
    )  # fmt: skip
    messages.success(request, _("Thank you. You see here what your bank says."))
    return redirect("charges:one", charge_id)


@require_http_methods(["GET", "POST"])
@needs("household")
def add_card(request: HttpRequest) -> HttpResponse:
    ref = ref_of(request)
    if not (card_rail_is_open() and in_sandbox()) or ref.household_id is None:
        raise NotFound("page_unknown", _("There is no such page."))
    form = CardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.save_card(
            by=ref, at=timezone.now(), household_id=ref.household_id,
            method=form.cleaned_data["method"],
        )  # fmt: skip
        messages.success(request, _("The card is being checked. You see the answer here."))
        return redirect("charges:mine")
    status = 400 if form.is_bound else 200
    return render(request, "charges/add_card.html", {"form": form}, status=status)


@require_POST
@needs("household")
def let_card_go(request: HttpRequest, card_id: UUID) -> HttpResponse:
    operations.remove_card(by=ref_of(request), at=timezone.now(), card_id=card_id)
    messages.success(request, _("The card is removed."))
    return redirect("charges:mine")
