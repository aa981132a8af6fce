"""What bookings do when something happens elsewhere, what they say, and the words they know."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _n

from bookings import operations
from coop.events import react_to
from coop.members import queries as members
from coop.members.events import CooperativeFounded, WorkerJoined
from coop.notices.registry import on_word, template

template(
    "offer_made",
    subject=_n("A visit for you: %(service)s"),
    text=_n("%(service)s in %(area)s, %(when)s, %(pay)s. Reply YES %(code)s or NO %(code)s."),
    link="/book/offers/%(offer)s/",
)
template(
    "offer_gone",
    subject=_n("The visit is taken"),
    text=_n("%(service)s on %(when)s is no longer open. It costs you nothing."),
)
template(
    "booking_confirmed",
    subject=_n("Confirmed: %(service)s"),
    text=_n("%(service)s in %(area)s on %(when)s is confirmed."),
    link="/book/visits/%(booking)s/",
)
template(
    "booking_cancelled",
    subject=_n("Cancelled: %(service)s"),
    text=_n("%(service)s on %(when)s is cancelled."),
    link="/book/visits/%(booking)s/",
)
template(
    "booking_expired",
    subject=_n("Nobody was free"),
    text=_n("We found nobody for %(service)s on %(when)s. You owe nothing."),
    link="/book/visits/%(booking)s/",
)
template(
    "visit_fell_out",
    subject=_n("Your worker cannot come"),
    text=_n(
        "Your worker cannot come for %(service)s on %(when)s after all, and it is too late to ask"
        " others. You owe nothing. Book another time."
    ),
    link="/book/visits/%(booking)s/",
)
template(
    "visit_fell_out_office",
    subject=_n("A visit fell out"),
    text=_n(
        "%(service)s in %(area)s, %(when)s: given back after its start, so nobody was asked. The"
        " household was told. Call it."
    ),
    link="/book/visits/%(booking)s/",
)
template(
    "visit_reminder",
    subject=_n("Soon: %(service)s"),
    text=_n("%(service)s in %(area)s on %(when)s."),
    link="/book/visits/%(booking)s/",
)
template(
    "visit_paired_anew",
    subject=_n("We look for somebody else"),
    text=_n("Your worker cannot come on %(when)s. We are asking others."),
    link="/book/visits/%(booking)s/",
)
template(
    "visit_to_confirm",
    subject=_n("Was it as you agreed?"),
    text=_n("The visit of %(when)s was %(times)s, she says. Agree, or say how it was."),
    link="/book/visits/%(booking)s/",
)
template(
    "household_said_times",
    subject=_n("Was it as the household says?"),
    text=_n("The visit of %(when)s was %(times)s, the household says. Agree, or say how it was."),
    link="/book/work/%(booking)s/",
)
template(
    "visit_unspoken",
    subject=_n("When was the visit?"),
    text=_n("Nobody said yet when the visit of %(when)s really was. Say it, so that it is paid."),
    link="/book/visits/%(booking)s/",
)
template(
    "worker_found_nobody",
    subject=_n("Could she not get in?"),
    text=_n(
        "The worker came on %(when)s and could not get in, she says. Agree, or say how it was."
        " Agreed, it costs what a late cancellation costs."
    ),
    link="/book/visits/%(booking)s/",
)
template(
    "household_saw_nobody",
    subject=_n("Did you not come?"),
    text=_n("Nobody came on %(when)s, the household says. Agree, or say when you were there."),
    link="/book/work/%(booking)s/",
)
template(
    "visit_not_held",
    subject=_n("The visit did not take place"),
    text=_n("%(service)s on %(when)s did not take place. You are paid for the lost time."),
    link="/book/work/%(booking)s/",
)
template(
    "visit_not_held_unpaid",
    subject=_n("The visit did not take place"),
    text=_n("%(service)s on %(when)s did not take place. Nothing is paid. You carry no mark."),
    link="/book/work/%(booking)s/",
)
template(
    "booking_not_held",
    subject=_n("The visit did not take place"),
    text=_n("%(service)s on %(when)s did not take place. You owe %(fee)s."),
    link="/book/visits/%(booking)s/",
)
template(
    "visit_disputed",
    subject=_n("Not agreed yet"),
    text=_n(
        "You two do not say the same about the visit of %(when)s. What nobody disputes is paid;"
        " the office settles the rest."
    ),
    link="/book/visits/%(booking)s/",
)
template(
    "visit_settled",
    subject=_n("The office settled the time"),
    text=_n("The visit of %(when)s counts as %(times)s. Read why."),
    link="/book/visits/%(booking)s/",
)
template(
    "visit_uncovered",
    subject=_n("Nobody can be asked"),
    text=_n("%(service)s in %(area)s, %(when)s: nobody can be asked now. We try every hour."),
    link="/book/visits/%(booking)s/",
)
template(
    "visit_unpaid",
    subject=_n("The visit does not take place"),
    text=_n(
        "%(service)s on %(when)s does not take place: the payment was not secured in time. You"
        " carry no mark."
    ),
    link="/book/work/%(booking)s/",
)
template(
    "booking_unpaid",
    subject=_n("The visit does not take place"),
    text=_n(
        "%(service)s on %(when)s does not take place: the payment was not secured in time. You"
        " owe nothing, and the worker carries no mark."
    ),
    link="/book/visits/%(booking)s/",
)

on_word("YES", "SI", "SIM", "YEBO", usage=_n("YES 1234: take the visit with this code"))(
    operations.accept_by_sms
)
on_word("NO", "CHA", usage=_n("NO 1234: say no to a visit"))(operations.decline_by_sms)
on_word("ARRIVED", "LLEGUE", usage=_n("ARRIVED 1234: you are there, with the household's code"))(
    operations.arrive_by_sms
)
on_word("LEFT", "SALI", "TERMINE", usage=_n("LEFT: your work is over"))(operations.leave_by_sms)


@react_to(CooperativeFounded)
def offer_the_founding_services(event: CooperativeFounded) -> None:
    by = members.system_ref(event.cooperative_id)
    operations.open_services(by=by, at=event.at)


@react_to(WorkerJoined)
def give_her_a_calendar(event: WorkerJoined) -> None:
    by = members.system_ref(event.cooperative_id)
    operations.open_calendar(by=by, at=event.at, worker_id=event.worker_id)
