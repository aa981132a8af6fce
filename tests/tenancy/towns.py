"""Two furnished cooperatives in one installation: every detail and act has a real thing to ask for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.utils.translation import gettext_noop as _n

from bookings import operations as booked
from bookings import queries as bookings
from bookings.types import PaidBy, Weekly
from coop.members import operations as members
from coop.members.models import HouseholdPerson, Membership, Office, Worker
from coop.members.queries import newcomer_ref
from coop.members.types import MemberRef
from coop.notices import registry
from coop.notices.operations import notify
from coop.outbox.models import Promise
from governance import operations as governance
from payments.charges import operations as charges
from payments.charges import queries as charged
from payments.charges.models import SavedCard, WebhookEvent
from payments.charges.types import How
from payments.ledger.models import Account, Entry
from payments.payroll import operations as payroll
from payments.payroll.models import Contribution, Payslip
from payments.surplus import operations as surplus
from tests.factories import Town, found_town, make_household, make_worker
from tests.factories.bookings import (
    ServiceTown,
    begin,
    book,
    complete_visit,
    offer_to,
    price,
    request,
    wall,
)
from tests.factories.governance import bring_to_vote, pass_policy, propose_change
from tests.factories.people import make_member, next_phone
from tests.payments.payroll.month import computed_run, paid_run, visit
from tests.payments.surplus.test_sharing import DAYS, earn

#: A month after the founding: Thursday 2 April 2026, 10:00 in Johannesburg.
NOW = datetime(2026, 4, 2, 8, tzinfo=UTC)
FLOOR = "living_wage_floor"
ROLES = (
    "visitor", "household", "other_household", "worker", "other_worker", "member", "coordinator",
    "board", "treasurer", "election_committee", "auditor",
)  # fmt: skip


@dataclass
class Furnished:
    """A town, who is in it by role, and the things its addresses name by the name of the part."""

    town: Town
    name: str
    people: dict[str, UUID] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)
    #: What a person of another cooperative must never read: ids of rows, and this name.
    markers: set[str] = field(default_factory=set)

    def ref(self, role: str) -> MemberRef:
        return self.town.ref(self.people[role])


def furnish(name: str) -> Furnished:
    """A month of a cooperative whose every person is called `name` and something."""
    here = Furnished(found_town(slug=name.lower() + "-coop"), name)
    place = _people(here)
    _visits(here, place)
    _votes(here)
    _money(here)
    _letters(here)
    here.markers = _rows_of(here) | {name}
    return here


def _people(here: Furnished) -> ServiceTown:
    town, name = here.town, here.name
    worker = make_worker(town, f"{name} Thandi")
    other = make_worker(town, f"{name} Busi", member=False)
    household, address = make_household(town, f"{name} Dlamini")
    neighbour, _ = make_household(town, f"{name} Nkosi")
    here.people = {**town.offices, "member": make_member(town, f"{name} Zola")}
    for role, ref in (
        ("worker", worker), ("other_worker", other), ("household", household),
        ("other_household", neighbour),
    ):  # fmt: skip
        assert ref.person_id is not None
        here.people[role] = ref.person_id
    comer = members.known_person(phone=next_phone(town.country), name=f"{name} Lerato")
    by = newcomer_ref(person_id=comer, cooperative_id=town.id)
    members.begin_work(by=by, at=NOW, on=NOW.date(), wanted_minutes_per_week=1200)
    members.consent(by=worker, at=NOW, purpose="photo", given=True, wording=f"{name} may be shown")
    token = members.issue_token(by=worker, at=NOW, name=f"{name} diary")
    offices = {o.name: o.id for o in Office.objects.filter(cooperative_id=town.id)}
    asked, own = (
        members.end_office(by=town.officer(who), at=NOW, office_id=offices[what], on=NOW.date()).id
        for who, what in (("board_b", "auditor"), ("board", "election_committee"))
    )
    here.ids |= {
        "town": town.id, "slug": f"{name.lower()}-coop",
        "membership_id": Membership.objects.get(cooperative_id=town.id, user_id=comer).id,
        "token_id": token.id, "person_id": here.people["worker"], "address": address,
        "token": token.text, "office_id": offices["treasurer"], "motion_id": asked, "own_motion_id": own,
    }  # fmt: skip
    return ServiceTown(town, household, address, [worker, other])


def _visits(here: Furnished, place: ServiceTown) -> None:
    """One done, one today, one offered, one she left, one disputed, a price and a series."""
    done = complete_visit(place)
    today = book(place, wall(place, NOW.date(), 11, 15))
    asked = request(place, wall(place, date(2026, 4, 8), 9, 13), at=NOW)
    offer = offer_to(place, asked, place.workers[0], NOW)
    household = place.household
    assert household.household_id is not None
    series = booked.request_series(
        by=household, at=NOW, request_id=uuid4(), household_id=household.household_id,
        address_id=place.address_id, service="cleaning", paid_by=PaidBy.MANUAL,
        weekly=Weekly(date(2026, 4, 14), time(8), time(12), household.zone, count=2),
    )  # fmt: skip
    card = bookings.booking(by=household, booking_id=today.id)
    here.ids |= {
        "booking_id": today.id, "quote_id": card.quote_id, "offer_id": offer.id,
        "asked_id": asked, "series_id": series.series_id, "day": NOW.date().isoformat(),
        "done_id": done.booking_id, "visit": done.id, "household_id": household.household_id,
        "client_code": card.client_code, "code": "bank",
        "left_id": _left(place, 8), "disputed_id": _disputed(place),
        "priced_id": price(place, wall(place, date(2026, 4, 9), 9, 13), at=NOW).id,
    }  # fmt: skip


def _left(place: ServiceTown, starts: int) -> UUID:
    """A visit of two hours yesterday that the worker left; the household said nothing yet."""
    card = book(place, wall(place, NOW.date() - timedelta(days=1), starts, starts + 2))
    begin(place, card)
    booked.check_out(by=place.workers[0], at=card.during.end, booking_id=card.id)
    return card.id


def _disputed(place: ServiceTown) -> UUID:
    """One on which the two sides differ: the household saw her for an hour."""
    left = _left(place, 11)
    during = wall(place, NOW.date() - timedelta(days=1), 11, 12)
    booked.declare(by=place.household, at=NOW, booking_id=left, during=during)
    return left


def _votes(here: Furnished) -> None:
    """One passed, one in the box, one discussed, and a draft."""
    town, worker = here.town, here.ref("worker")
    pass_policy(town, FLOOR, _floor("46.00"), date(2026, 3, 25), town.at)
    voting = propose_change(town, FLOOR, _floor("47.00"), date(2026, 5, 1), NOW - timedelta(15))
    ballot = bring_to_vote(town, voting, NOW - timedelta(15))
    assert ballot.opens_at <= NOW < ballot.closes_at
    governance.cast_vote(by=here.ref("member"), at=NOW, proposal_id=voting, choice="abstain")
    draft = propose_change(town, FLOOR, _floor("48.00"), date(2026, 6, 1), NOW, by=worker)
    talked = propose_change(town, FLOOR, _floor("49.00"), date(2026, 6, 1), NOW, by=worker)
    governance.start_discussion(by=worker, at=NOW, proposal_id=talked)
    governance.comment(by=worker, at=NOW, proposal_id=talked, text=f"{here.name} likes it")
    here.ids |= {"proposal_id": voting, "draft_id": draft, "talked_id": talked, "key": FLOOR}


def _floor(major: str) -> dict[str, Any]:
    return {"currency": "ZAR", "default": major, "services": {}}


def _money(here: Furnished) -> None:
    """A receipt and a refund, a card that is asked for, a paid and an open run, a sharing."""
    town, treasurer, household = here.town, here.ref("treasurer"), here.ref("household")
    [paid] = charged.charges_of_booking(cooperative_id=town.id, booking_id=here.ids["done_id"])
    charges.record_receipt(
        by=treasurer, at=NOW, charge_id=paid.id, amount=paid.amount, how=How.BANK,
        received_on=NOW.date(), reference=f"{here.name} EFT",
    )  # fmt: skip
    charges.refund(
        by=treasurer, at=NOW, charge_id=paid.id, amount=paid.amount.share([1, 9])[0],
        reason=f"{here.name} was late",
    )  # fmt: skip
    assert household.household_id is not None
    card = charges.save_card(
        by=household, at=NOW, household_id=household.household_id, method="pm_card_visa"
    )
    SavedCard.objects.filter(id=card).update(
        state="active", customer_ref="cus_1", method_ref="pm_1", last4="4242"
    )
    [owed] = charged.charges_of_booking(cooperative_id=town.id, booking_id=here.ids["booking_id"])
    visit(town, here.ref("other_worker"), date(2026, 3, 3))
    run = paid_run(town)
    earn(town, "10000.00")
    sharing = surplus.propose_sharing(by=treasurer, at=NOW, **DAYS)
    worker_id = here.ref("worker").worker_id
    assert worker_id is not None
    due = Contribution.objects.filter(worker_id=worker_id).order_by("scheme")[0]
    sent = payroll.prepare_remittance(
        by=here.ref("board"), at=NOW, scheme=due.scheme, month=date(2026, 3, 1)
    )
    receipt = payroll.keep_document(
        by=treasurer, at=NOW, name=f"{here.name}.txt", content=f"{here.name} paid".encode()
    )
    here.ids |= {
        "remittance_id": sent, "document_id": receipt,
        "charge_id": owed.id, "paid_charge_id": paid.id, "card_id": card, "run_id": run,
        "payslip_id": Payslip.objects.get(run_id=run, worker_id=worker_id).id,
        "contribution_id": due.id,
        "sharing_id": sharing, "scheme": due.scheme, "month": "2026-03", "verb": "approve",
        "account_id": Account.objects.get(cooperative_id=town.id, code="bank").id,
        "entry_id": Entry.objects.filter(cooperative_id=town.id, kind="receipt").latest("at").id,
    }  # fmt: skip


def _letters(here: Furnished) -> None:
    """A message, a dead letter, and what a provider said."""
    town = here.town
    registry.template("tenancy_hello", subject=_n("Welcome"), text=_n("You have joined us."))
    notify(
        by=town.system, at=NOW, to=here.people["worker"], template="tenancy_hello", context={},
        key=f"tenancy:{here.name}",
    )  # fmt: skip
    dead = Promise.objects.create(
        key=f"{here.name}:dead", effect="tenancy.fails", payload={"to": f"{here.name} secret"},
        due_at=NOW, promised_at=NOW, cooperative_id=town.id, state=Promise.State.DEAD, tries=12,
    )  # fmt: skip
    WebhookEvent.objects.create(
        provider_id=f"evt_{here.name}", kind="charge.succeeded", raw=f"{here.name} raw",
        cooperative_id=town.id, happened_at=NOW, received_at=NOW,
    )  # fmt: skip
    here.ids["promise_id"] = dead.id


def _rows_of(here: Furnished) -> set[str]:
    """The id of every row that belongs to the town, and of every person there."""
    found: set[str] = set()
    for model in apps.get_models():
        if any(f.attname == "cooperative_id" for f in model._meta.concrete_fields):
            rows = model._default_manager.filter(cooperative_id=here.town.id)
            found |= {str(key) for key in rows.values_list("pk", flat=True) if _long(key)}
    for person_of in (Membership, Worker, HouseholdPerson, Office):
        people = person_of._default_manager.filter(cooperative_id=here.town.id)
        found |= {str(key) for key in people.values_list("user_id", flat=True)}
    return found


def _long(key: object) -> bool:
    return isinstance(key, UUID)


__all__ = ["NOW", "ROLES", "Furnished", "computed_run", "furnish"]
