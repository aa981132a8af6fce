"""A worker's day: where to next, what is offered, what she can do now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bookings import operations, queries
from bookings.forms import CannotGoForm, CodeForm
from bookings.types import (
    AddressView,
    BookingState,
    DeclarationCard,
    OfferCard,
    Side,
    WorkCard,
    WorkerReason,
)
from bookings.views.telling import gone, said_by, to_answer
from coop.kernel import NotFound, RuleBroken
from coop.members.access import needs, ref_of
from coop.members.types import MemberRef

S = BookingState
_EARLY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class NextWork:
    """A visit of hers, the address if she may read it now, and the one thing to do.

    `said` is the household's word that waits for her answer.
    """

    work: WorkCard
    address: AddressView | None
    words: str
    can_arrive: bool
    can_leave: bool
    can_declare: bool
    can_withdraw: bool
    said: DeclarationCard | None

    @property
    def gone(self) -> str:
        """In words, when the household says that nobody came."""
        return gone(self.said)


def next_of(ref: MemberRef, card: WorkCard, now: datetime) -> NextWork:
    try:
        place = queries.address_for_worker(by=ref, booking_id=card.id, at=now)
    except NotFound:
        place = None
    near = card.during.start - _EARLY <= now < card.during.end
    stands, going = card.state is S.CONFIRMED, card.state is S.IN_PROGRESS
    asks = going or (stands and now > card.during.start)
    spoken = queries.declarations(by=ref, booking_id=card.id) if asks else []
    said = to_answer(spoken, Side.WORKER)
    return NextWork(
        card, place, _words(card, said, bool(spoken), now), can_arrive=stands and near,
        can_leave=going and card.ended_at is None,
        can_declare=asks and said is None,
        can_withdraw=card.state is S.OFFERED or (stands and now < card.during.end), said=said,
    )  # fmt: skip


def _words(card: WorkCard, said: DeclarationCard | None, spoken: bool, now: datetime) -> str:
    if card.state is S.EXPIRED:
        return _("The payment was not secured in time. You carry no mark.")
    if card.state is S.CONFIRMED and spoken and said is None:
        return _("The household is asked whether there was no visit.")
    if card.state is S.CONFIRMED and now >= card.during.end:
        return _("The visit is over, and nobody said when it was. Say it, so that it is paid.")
    if card.state is S.CONFIRMED and card.worker_arrived:
        return _("Waiting for the household to say you are there.")
    if card.state is S.CONFIRMED and not card.code_open:
        return _("The code was wrong too often. Say that you are here, and the household says it.")
    if card.state is S.IN_PROGRESS and spoken and said is None:
        return _("The household is asked whether the time is right.")
    return ""


def asked(card: OfferCard) -> dict[str, object]:
    return {"card": card, "km": None if card.metres is None else -(-card.metres // 1000)}


@needs("worker")
def today(request: HttpRequest) -> HttpResponse:
    ref, now = ref_of(request), timezone.now()
    day = queries.today(by=ref, at=now)
    context = {
        "now": now, "first_name": ref.name.split()[0] if ref.name else "",
        "next": next_of(ref, day.next_visit, now) if day.next_visit else None,
        "code_form": CodeForm(), "offers": [asked(card) for card in day.offers],
        "later": day.later, "over": day.over,
        "week": {
            "done": day.week_seconds, "limit": day.week_limit_seconds,
            "wish": day.week_wanted_seconds,
        },
    }  # fmt: skip
    return render(request, "bookings/today.html", context)


@needs("worker")
def offer(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    card = queries.offer(by=ref_of(request), offer_id=offer_id)
    context = {"offer": asked(card), "now": timezone.now()}
    return render(request, "bookings/offer.html", context)


@require_POST
@needs("worker")
def answer(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """Yes or no; both are one tap."""
    ref, now = ref_of(request), timezone.now()
    if request.POST.get("answer") == "yes":
        operations.accept(by=ref, at=now, offer_id=offer_id)
        messages.success(request, _("It is yours. You hear when it is confirmed."))
    else:
        operations.decline(by=ref, at=now, offer_id=offer_id)
        messages.success(request, _("Declined. It costs you nothing."))
    return redirect("bookings:today")


@needs("worker")
def work(request: HttpRequest) -> HttpResponse:
    ref, now = ref_of(request), timezone.now()
    cards = queries.my_work(
        by=ref, starting_from=now - timedelta(days=60), until=now + timedelta(days=90)
    )
    coming = [c for c in cards if c.state in {S.OFFERED, S.CONFIRMED, S.IN_PROGRESS}]
    past = [c for c in reversed(cards) if c not in coming]
    return render(request, "bookings/work.html", {"now": now, "coming": coming, "past": past})


@needs("worker")
def job(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    ref, now = ref_of(request), timezone.now()
    card = queries.work(by=ref, booking_id=booking_id)
    context = {
        "now": now, "work": card, "next": next_of(ref, card, now), "code_form": CodeForm(),
        "declared": said_by(ref, booking_id),
    }  # fmt: skip
    return render(request, "bookings/job.html", context)


@require_POST
@needs("worker")
def arrive(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    form = CodeForm(request.POST)
    code = form.cleaned_data["code"] if form.is_valid() else request.POST.get("code", "")[:8]
    try:
        operations.check_in(
            by=ref_of(request), at=timezone.now(), booking_id=booking_id, client_code=code
        )
    except NotFound:
        raise
    except RuleBroken as error:
        messages.error(request, error.message)
    return redirect("bookings:today")


@require_POST
@needs("worker")
def leave(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    operations.check_out(by=ref_of(request), at=timezone.now(), booking_id=booking_id)
    return redirect("bookings:today")


@needs("worker")
def withdraw(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    ref = ref_of(request)
    card = queries.work(by=ref, booking_id=booking_id)
    form = CannotGoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.cancel_by_worker(
                by=ref, at=timezone.now(), booking_id=booking_id,
                reason=WorkerReason(form.cleaned_data["reason"]),
            )  # fmt: skip
        except RuleBroken as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("We ask somebody else. You carry no mark."))
            return redirect("bookings:today")
    return render(request, "bookings/withdraw.html", {"work": card, "form": form})
