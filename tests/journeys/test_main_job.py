"""The main job through the pages, without scripts: book, work, be paid, vote, and a new price."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from coop.outbox.operations import run_due
from tests.factories.bookings import ServiceTown, make_service_ready_town, wall
from tests.journeys.walking import Walker

pytestmark = pytest.mark.django_db
SUM = r"(R[\d\s ]+,\d\d)"
MARCH, BEFORE, MAY = date(2026, 3, 11), date(2026, 4, 29), date(2026, 5, 6)


class Town:
    """The people of the journey and its clock; what was promised is carried out at every hour."""

    def __init__(self, place: ServiceTown) -> None:
        self.place, self.at = place, place.at
        town = place.town
        self.household = Walker(place.household.person_id)
        self.worker = Walker(place.workers[0].person_id)
        self.offices = {name: Walker(person) for name, person in town.offices.items()}
        self.come(place.at)

    @property
    def everybody(self) -> list[Walker]:
        return [self.household, self.worker, *self.offices.values()]

    def come(self, at: datetime) -> None:
        """Let it be this moment for everybody."""
        run_due(at=at)
        self.at = at
        for walker in self.everybody:
            walker.at = at


@pytest.fixture
def town() -> Town:
    return Town(make_service_ready_town())


def price_of(town: Town, on: date) -> str:
    house = town.household
    house.opens("/book/")
    house.presses(
        "Show me the price", Cleaning="on", Melville="on", On_which_day=on.isoformat(),
        From="09:00", Until="13:00", By_bank="on",
    )  # fmt: skip
    return house.figure(SUM)


def test_a_person_can_go_the_whole_way(town: Town) -> None:
    first = price_of(town, MARCH)
    assert first == "R251,33"
    _visit(town)
    town.household.opens("/money/charges/")
    town.household.follows("Cleaning")
    assert first in town.household.page.text
    _month_is_paid(town)
    _floor_is_voted(town)
    town.come(wall(town.place, date(2026, 4, 28), 9, 10).start)
    assert price_of(town, BEFORE) == first
    # 4.5 h × 48.00 = 216.00; 1 % and 1.04 % for the funds, 1/17 for leave; 15 % of 233.12.
    assert price_of(town, MAY) == "R268,09"
    _old_slip_stays(town)


def _visit(town: Town) -> None:
    """She accepts, comes with the household's code, goes; the household agrees to the time."""
    house, her = town.household, town.worker
    house.presses("Book it")
    assert "Asked for" in house.page.text
    town.come(town.at)
    her.opens("/home/")
    her.presses("Accept")
    nine_to_one = wall(town.place, MARCH, 9, 13)
    town.come(nine_to_one.start)
    house.opens("/home/")
    code = house.figure(r"code at the door (\d{4})")
    her.opens("/home/")
    assert "12 Fig Street" in her.page.text
    her.presses("I am here", code=code)
    town.come(nine_to_one.end)
    her.opens("/home/")
    her.presses("I am leaving")
    house.opens("/home/")
    house.presses("Yes, that is right")
    town.come(nine_to_one.end)


def _month_is_paid(town: Town) -> None:
    """March is computed, two people turn their keys, she is paid; the fund is paid and told."""
    town.come(wall(town.place, date(2026, 4, 1), 9, 10).start)
    desk, board, her = town.offices["treasurer"], town.offices["board"], town.worker
    desk.opens("/money/pay/runs")
    desk.presses("Open it", First_day="2026-03-01", Last_day="2026-03-31")
    desk.presses("Compute payslips")
    desk.presses("Approve")
    assert not desk.offers("Pay everybody")
    board.opens(desk.path)
    board.presses("Approve")
    desk.opens(desk.path)
    desk.presses("Pay everybody")
    her.opens("/money/pay/")
    assert her.figure(rf"You receive for March 2026 {SUM}") == "R202,50"
    her.follows("See every line")
    assert her.figure(rf"Set aside for you {SUM}") == "R11,91"
    desk.opens("/money/pay/runs")
    desk.follows("Compensation Fund")
    desk.presses("Prepare the payment")
    assert not desk.offers("Approve")
    board.opens(desk.path)
    board.presses("Approve")
    desk.opens(desk.path)
    desk.presses("It is paid", Reference="EFT 260401")
    her.opens("/money/pay/record")
    assert her.figure(rf"{SUM} Paid") == "R2,11"


def _floor_is_voted(town: Town) -> None:
    """A board member proposes 48 an hour; it is discussed, noticed, voted, certified."""
    chair = town.offices["board"]
    chair.opens("/decide/rules/living_wage_floor/propose/")
    chair.presses(
        "Keep my draft", What_changes="A floor of 48", From_which_day="2026-05-01",
        Why="Prices rose.", Default="48.00",
    )  # fmt: skip
    chair.presses("Open the discussion")
    at = chair.path
    town.come(wall(town.place, date(2026, 4, 8), 9, 10).start)
    chair.opens(at)
    chair.presses("Give notice of the vote")
    assert "Voting opens Wed 15 Apr, 09:00 and closes Sat 18 Apr, 09:00." in chair.page.text
    town.come(wall(town.place, date(2026, 4, 15), 10, 11).start)
    for name, choice in (
        ("board", "Yes"),
        ("board_b", "No"),
        ("treasurer", "Yes"),
        ("worker", "Yes"),
    ):
        voter = town.worker if name == "worker" else town.offices[name]
        voter.opens(at)
        voter.presses("Cast my vote", **{choice: "on"})
    town.come(wall(town.place, date(2026, 4, 20), 9, 10).start)
    teller = town.offices["election_committee"]
    teller.opens(at)
    teller.presses("Certify the count")
    assert "Certified by Election Committee, Mon 20 Apr, 09:00." in teller.page.text


def _old_slip_stays(town: Town) -> None:
    """The vote changed the next price; her old slip still comes out to the cent."""
    town.worker.opens("/money/pay/")
    town.worker.follows("See every line")
    town.worker.presses("Compute again")
    assert "Computed again: the same to the cent." in town.worker.page.text
