"""The law rises while members decide, or after: the higher of law and vote holds, and all hear."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from uuid import UUID

import pytest

from bookings import operations as bookings
from bookings import queries as booked
from bookings.policies import LIVING_WAGE_FLOOR, MINIMUM_VISIT
from coop.audit.models import Entry
from coop.events import _reactions, react_to
from coop.kernel import Money, RuleBroken, again
from coop.notices.models import Notice
from governance import operations, queries
from governance.events import DecisionCertified, PolicyChanged
from governance.models import Decision, PolicyVersion, Proposal
from governance.operations import _enact
from governance.types import NewChange, NewMotion, ProposalState
from tests.factories.bookings import ServiceTown, make_service_ready_town, wall
from tests.factories.governance import all_vote, bring_to_vote, pass_policy
from tests.factories.law import let_the_law_rise, risen_law

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 1)
WAGE = LIVING_WAGE_FLOOR.name


def terms(default: str, **services: str) -> dict[str, object]:
    return {"currency": "ZAR", "default": default, "services": services}


@pytest.fixture
def place() -> ServiceTown:
    return make_service_ready_town()


@pytest.fixture
def heard() -> Iterator[list[object]]:
    events: list[object] = []
    for kind in (DecisionCertified, PolicyChanged):
        react_to(kind)(events.append)
    yield events
    for kind in (DecisionCertified, PolicyChanged):
        _reactions[kind].remove(events.append)


def voted(place: ServiceTown, *changes: NewChange) -> tuple[UUID, object]:
    """Proposed under the law of March and voted by all; the proposal and when it may be certified."""
    town = place.town
    proposal = operations.propose(
        by=town.officer("board"), at=town.at, title="A higher floor", reason="Prices rose.",
        motion=NewMotion(changes),
    )  # fmt: skip
    ballot = bring_to_vote(town, proposal, town.at)
    all_vote(town, proposal, ballot)
    operations.close_ballot(by=town.system, at=ballot.closes_at, proposal_id=proposal)
    return proposal, ballot.closes_at


def certify(place: ServiceTown, proposal: UUID, at: object) -> None:
    committee = place.town.officer("election_committee")
    operations.certify(by=committee, at=at, proposal_id=proposal)  # type: ignore[arg-type]


def wage_on(place: ServiceTown, day: date) -> Money:
    return queries.policy_in_force(
        LIVING_WAGE_FLOOR, cooperative_id=place.id, on=day
    ).value.of("cleaning")  # fmt: skip


def test_the_law_of_the_test_rises_on_the_first_of_may() -> None:
    from coop.law.queries import minimum_visit_hours, wage_floor

    pack = risen_law(wage="50.00", visit="5")
    for day, wage, hours in ((date(2026, 4, 30), 3023, 4), (MAY, 5000, 5)):
        visit = minimum_visit_hours(pack, day)
        assert wage_floor(pack, day).value == Money(wage, "ZAR")
        assert visit is not None and visit.value == hours  # noqa: PT018


def test_a_passed_vote_that_the_law_has_overtaken_stays_a_vote_and_is_no_rule(
    place: ServiceTown, monkeypatch: pytest.MonkeyPatch, heard: list[object]
) -> None:
    proposal, at = voted(place, NewChange(WAGE, terms("48.00"), MAY))
    versions = PolicyVersion.objects.count()
    let_the_law_rise(monkeypatch, wage="50.00")
    certify(place, proposal, at)
    row = Proposal.objects.get(id=proposal)
    assert (row.state, Decision.objects.get().passed) == (ProposalState.PASSED, True)
    assert str(again(row.end_reason, row.end_facts)) == (
        "R48,00 an hour undercuts the law: minimum wage an hour is R50,00 "
        "(Nova News: minimum wage from 1 March 2026). Propose at least that."
    )
    assert (PolicyVersion.objects.count(), heard) == (versions, [])
    assert Entry.objects.filter(sentence__startswith="put nothing in force").count() == 1
    told = Notice.objects.filter(template="vote_below_law")
    assert (told.count(), Notice.objects.filter(template="vote_passed").count()) == (7, 0)
    assert told.filter(person_id=place.town.offices["board"]).count() == 1
    law = "minimum wage an hour, Nova News: minimum wage from 1 March 2026"
    assert {notice.context["law"] for notice in told} == {law}


def test_without_the_second_asking_the_undercutting_rule_would_be_written(
    place: ServiceTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal, at = voted(place, NewChange(WAGE, terms("48.00"), MAY))
    let_the_law_rise(monkeypatch, wage="50.00")
    monkeypatch.setattr(_enact, "_undercuts", lambda by, dated: None)
    certify(place, proposal, at)
    assert PolicyVersion.objects.get(decision__isnull=False).terms["default"] == "48.00"


def test_one_rule_of_a_motion_below_the_law_stops_the_whole_motion(
    place: ServiceTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal, at = voted(
        place, NewChange("minimum_visit", {"hours": "6"}, MAY), NewChange(WAGE, terms("48.00"), MAY)
    )
    let_the_law_rise(monkeypatch, wage="50.00")
    certify(place, proposal, at)
    assert not PolicyVersion.objects.filter(decision__isnull=False).exists()
    visit = queries.policy_in_force(MINIMUM_VISIT, cooperative_id=place.id, on=MAY)
    assert visit.value == Fraction(4)


def test_a_vote_that_the_risen_law_still_allows_is_the_rule(
    place: ServiceTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal, at = voted(place, NewChange(WAGE, terms("50.00"), MAY))
    let_the_law_rise(monkeypatch, wage="50.00")
    certify(place, proposal, at)
    assert Proposal.objects.get(id=proposal).end_reason == ""
    rule = queries.policy_in_force(LIVING_WAGE_FLOOR, cooperative_id=place.id, on=MAY)
    assert (rule.value.default, rule.by_law) == (Money(5000, "ZAR"), False)


def test_the_law_is_asked_again_when_notice_is_given(
    place: ServiceTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, at = place.town.officer("board"), place.at
    motion = NewMotion((NewChange(WAGE, terms("48.00"), MAY),))
    proposal = operations.propose(by=by, at=at, title="More", reason="Prices.", motion=motion)
    operations.start_discussion(by=by, at=at, proposal_id=proposal)
    until = queries.proposal(by, proposal_id=proposal, on=at.date()).discussed_until
    assert until is not None
    let_the_law_rise(monkeypatch, wage="50.00")
    notices = Notice.objects.count()
    with pytest.raises(RuleBroken, match=r"minimum wage an hour is 50\.00 ZAR") as refused:
        operations.give_notice(by=by, at=until, proposal_id=proposal)
    assert refused.value.code == "below_law"
    assert Proposal.objects.get(id=proposal).state == ProposalState.DISCUSSION
    assert Notice.objects.count() == notices


def test_when_the_law_rises_above_a_rule_in_force_the_law_holds_from_its_day(
    place: ServiceTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    pass_policy(place.town, WAGE, terms("48.00", cooking="52.00"), date(2026, 4, 1), place.at)
    let_the_law_rise(monkeypatch, wage="50.00", visit="5")
    assert [wage_on(place, day).minor for day in (date(2026, 4, 30), MAY)] == [4800, 5000]
    rule = queries.policy_in_force(LIVING_WAGE_FLOOR, cooperative_id=place.id, on=MAY)
    assert rule.by_law
    assert rule.terms == terms("48.00", cooking="52.00")
    assert rule.value.of("cooking") == Money(5200, "ZAR")
    cards = {c.key: c for c in queries.rules_in_force(cooperative_id=place.id, on=MAY)}
    assert cards[WAGE].says.startswith("An hour earns at least R50,00.")
    assert (cards[WAGE].by_law, cards["minimum_visit"].by_law, cards["travel_pay"].by_law) == (
        True, True, False,
    )  # fmt: skip
    [clean] = [s for s in booked.services(by=place.household, on=MAY) if s.code == "cleaning"]
    assert clean.floor == Money(5000, "ZAR")


def test_the_next_quote_pays_the_risen_law_and_an_older_day_does_not(
    place: ServiceTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_the_law_rise(monkeypatch, wage="50.00", visit="5")
    assert place.household.household_id is not None
    quotes = [
        bookings.make_quote(
            by=place.household, at=place.at, household_id=place.household.household_id,
            address_id=place.address_id, service="cleaning", during=wall(place, day, 9, 12),
        )
        for day in (date(2026, 4, 29), date(2026, 5, 6))
    ]  # fmt: skip
    # Three hours are paid as the legal minimum visit: 4 × 45.00 in April, 5 × 50.00 in May.
    assert [(q.wage.minor, q.paid_seconds) for q in quotes] == [(4500, 14_400), (5000, 18_000)]
