"""The admin: for officers, of their own cooperative, to look at; written by operations alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.urls import reverse

from coop.audit.models import Entry
from coop.members.access.office import OfficeSite, ReadOnly, ReadOnlyInline
from coop.members.models import ApiToken, Membership, Office, User
from coop.outbox.models import Promise
from governance.models import BallotRoll, Vote
from tests.tenancy.conftest import Pair
from tests.tenancy.doors import STRANGERS, books, nobody_changes, told
from tests.tenancy.table.office import ADMIN
from tests.tenancy.table.row import OFFICERS
from tests.tenancy.towns import ROLES, Furnished

pytestmark = pytest.mark.django_db
#: What no page of the office shows: keys, homes, codes, what a message or a provider said, votes.
NEVER = {
    "client_code", "hash", "prefix", "password", "raw", "payload", "context", "lines",
    "notes", "lat", "lon", "cell", "home_lat", "home_lon", "address", "candidates", "choice",
    "asked_method", "customer_ref", "method_ref", "provider_ref", "request_id", "last_login",
    "facts", "key_hash", "identity", "phone_verified_at",
}  # fmt: skip
SECRET = {
    "governance.Vote",
    "governance.BallotRoll",
    "members.Address",
    "coop_notices.PhoneMessage",
}


def page(label: str, kind: str, *args: Any) -> str:
    model = apps.get_model(label)
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{kind}"
    return reverse(name, args=args)


def one_of(label: str, town: Furnished) -> Any:
    """A row of the town; every table has one."""
    rows = apps.get_model(label)._default_manager.order_by("pk")
    if label == "members.User":
        return rows.get(pk=town.people["worker"])
    if label == "governance.Proposal":
        return rows.get(pk=town.ids["proposal_id"])
    found = rows.filter(cooperative_id=town.town.id).first()
    assert found is not None, f"the town has no {label}: furnish one"
    return found


def whole(found: Model) -> dict[str, Any]:
    """The row as it is in the database now."""
    return dict(type(found)._default_manager.filter(pk=found.pk).values().get())


def secrets(town: Furnished, answer: Any) -> set[str]:
    """Keys, homes, and what a message or a provider said, that stand in an answer."""
    never = {town.ids["token"], "12 Fig Street", f"{town.name} secret", f"{town.name} raw"}
    never |= set(ApiToken.objects.values_list("hash", flat=True))
    body = answer.content.decode()
    return {word for word in never if word in body}


@pytest.mark.parametrize("label", ADMIN)
@nobody_changes()
def test_a_table_is_shown_to_its_offices_and_nobody_else(pair: Pair, label: str) -> None:
    row, wrong = one_of(label, pair.here), list[tuple[Any, ...]]()
    listed, detail = page(label, "changelist"), page(label, "change", row.pk)
    for role in ROLES:
        client = pair.client("here", role)
        wanted = 302 if role == "visitor" else 200 if role in ADMIN[label].split() else 404
        asked = (listed, detail) if role in OFFICERS.split() else (listed,)
        for where in asked:
            answer = client.get(where)
            leaked = told(answer, pair.there) | secrets(pair.here, answer)
            if answer.status_code != wanted or leaked:
                wrong.append((role, where, answer.status_code, leaked))
    for role in STRANGERS:
        inside = role in ADMIN[label].split()
        answer = pair.client("there", role).get(listed)
        if answer.status_code != (200 if inside else 404) or told(answer, pair.here):
            wrong.append((f"their {role}", listed, answer.status_code, told(answer, pair.here)))
        if role in OFFICERS.split():
            answer = pair.client("there", role).get(detail)
            if answer.status_code != 404 or told(answer, pair.here, detail):
                wrong.append((f"their {role}", detail, answer.status_code, ""))
    assert wrong == []


@pytest.mark.parametrize("label", ADMIN)
@nobody_changes()
def test_nothing_is_added_changed_or_deleted_by_a_form(pair: Pair, label: str) -> None:
    row, seen_by = one_of(label, pair.here), ADMIN[label].split()
    before, was = books(), whole(row)
    forms = [
        page(label, "add"), page(label, "change", row.pk), page(label, "delete", row.pk),
    ]  # fmt: skip
    said = {"name": "Mine", "state": "done", "amount_minor": 1, "post": "yes", "_save": "1"}
    for where in forms:
        assert pair.client("here", seen_by[0]).post(where, said).status_code == 403
        assert pair.client("there", seen_by[0]).post(where, said).status_code in {403, 404}
        assert pair.client("here", "worker").post(where, said).status_code == 404
    erase = {"action": "delete_selected", "_selected_action": str(row.pk), "post": "yes"}
    pair.client("here", seen_by[0]).post(page(label, "changelist"), erase)
    assert whole(row) == was
    assert books() == before


def test_every_room_stands_on_the_one_base_and_names_what_it_shows() -> None:
    assert issubclass(admin.site.__class__, OfficeSite) or isinstance(
        getattr(admin.site, "_wrapped", None), OfficeSite
    )
    for model, room in admin.site._registry.items():
        assert isinstance(room, ReadOnly), model
        shown = list(room.fields or ()) + [str(name) for name in room.list_display]
        for inline in room.inlines:
            assert issubclass(inline, ReadOnlyInline), inline
            shown += list(inline.fields or ())
            assert inline.fields, inline
        assert room.fields, model
        assert not NEVER & set(shown), model
        assert model._meta.label != "bookings.Offer" or "code" not in shown
        assert "cooperative" not in {*shown, *map(str, room.list_filter)}, model
    assert not {model._meta.label for model in admin.site._registry} & SECRET


@pytest.mark.parametrize("name", ["auth.group", "account.emailaddress", "mfa.authenticator"])
def test_what_libraries_would_bring_has_no_room(pair: Pair, name: str) -> None:
    app, model = name.split(".")
    assert pair.client("here", "board").get(f"/admin/{app}/{model}/").status_code == 404


def test_the_operator_of_the_machine_is_no_officer(pair: Pair) -> None:
    """Rights in Django open nothing: an office of a cooperative does."""
    person = User.objects.get(id=pair.here.people["household"])
    User.objects.filter(id=person.id).update(is_staff=True, is_superuser=True)
    client = pair.client("here", "household")
    assert client.get("/admin/").status_code == 404
    assert client.get(page("members.ApiToken", "changelist")).status_code == 404
    assert client.get("/admin/auth/group/").status_code == 404


def test_there_is_one_way_in(pair: Pair) -> None:
    for where in ("/admin/", "/admin/login/", page("members.User", "changelist")):
        answer = pair.client("here", "visitor").get(where)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/?next=/admin/")
    for where in ("/admin/login/", "/admin/password_change/", "/admin/autocomplete/?term=a"):
        assert pair.client("here", "board").get(where).status_code in {403, 404}


@pytest.mark.parametrize(
    "label", ["members.User", "members.Worker", "members.Household", "bookings.Visit",
              "payments_payroll.Payslip", "hours.HoursEntry"],
)  # fmt: skip
def test_reading_about_a_person_leaves_a_sentence(pair: Pair, label: str) -> None:
    row, reader = one_of(label, pair.here), ADMIN[label].split()[0]
    before = Entry.objects.count()
    pair.client("here", reader).get(page(label, "change", row.pk))
    pair.client("here", reader).get(page(label, "changelist"))
    about = Entry.objects.filter(about_id=row.pk, sentence__startswith="read a ")
    assert [e.actor_id for e in about] == [pair.here.people[reader]]
    assert Entry.objects.filter(sentence__startswith="looked through ").count() == 1
    assert Entry.objects.count() == before + 2
    pair.client("there", reader).get(page(label, "change", row.pk))
    assert Entry.objects.count() == before + 2


def test_a_board_member_reads_no_ballot(pair: Pair) -> None:
    vote = Vote.objects.get(membership__user_id=pair.here.people["member"],
                            ballot__proposal_id=pair.here.ids["proposal_id"])  # fmt: skip
    assert BallotRoll.objects.filter(ballot=vote.ballot).exists()
    client = pair.client("here", "board")
    body = client.get(page("governance.Ballot", "change", vote.ballot_id)).content.decode()
    assert "abstain" not in body
    assert str(vote.id) not in body
    for model in ("vote", "ballotroll"):
        assert client.get(f"/admin/governance/{model}/").status_code == 404
        assert client.get(f"/admin/governance/{model}/{vote.id}/change/").status_code == 404


def test_a_draft_is_in_nobodys_admin(pair: Pair) -> None:
    draft = page("governance.Proposal", "change", pair.here.ids["draft_id"])
    assert pair.client("here", "board").get(draft).status_code == 404


def do(pair: Pair, role: str, label: str, action: str, row: Model, where: str = "here") -> None:
    said = {"action": action, "_selected_action": str(row.pk)}
    pair.client(where, role).post(page(label, "changelist"), said)


ACTS = [
    ("members.Membership", "admit", "board", lambda p: Membership.objects.get(id=p.here.ids["membership_id"]),
     lambda row: row.state == "member"),
    ("members.Office", "end", "board",
     lambda p: Office.objects.get(cooperative_id=p.here.town.id, name="treasurer"),
     lambda row: row.term.upper.isoformat() == "2026-04-02"),
    ("members.ApiToken", "end", "board", lambda p: ApiToken.objects.get(id=p.here.ids["token_id"]),
     lambda row: row.revoked_at is not None),
    ("coop_outbox.Promise", "try_again", "coordinator",
     lambda p: Promise.objects.get(id=p.here.ids["promise_id"]), lambda row: row.state == "waiting"),
]  # fmt: skip


@pytest.mark.parametrize(("label", "action", "role", "which", "done"), ACTS)
def test_what_is_done_there_is_done_by_an_operation(
    pair: Pair, label: str, action: str, role: str, which: Any, done: Any
) -> None:
    row, before = which(pair), books()
    told_before = Entry.objects.filter(about_id=row.pk).count()
    do(pair, role, label, action, row, where="there")
    for stranger in ("worker", "treasurer", "auditor", "election_committee"):
        do(pair, stranger, label, action, row)
    assert books() == before
    do(pair, role, label, action, row)
    row.refresh_from_db()
    assert done(row)
    assert Entry.objects.filter(about_id=row.pk).count() == told_before + 1


def test_an_ended_office_opens_nothing_at_once(pair: Pair) -> None:
    client = pair.client("here", "treasurer")
    assert client.get("/admin/").status_code == 200
    office = Office.objects.get(cooperative_id=pair.here.town.id, name="treasurer")
    do(pair, "board", "members.Office", "end", office)
    assert client.get("/admin/").status_code == 404
    assert client.get("/money/books/").status_code == 404
