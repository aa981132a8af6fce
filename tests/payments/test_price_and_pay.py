"""What prices charge for funds over a full month is what the pay run sets aside for them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from uuid import UUID, uuid4

import pytest

from bookings.rules.basis import Ruling, basis
from bookings.rules.pricing import price_lines
from bookings.rules.terms import WageFloor
from bookings.types import LineKind
from coop.hours.types import HoursKind, HoursLine
from coop.kernel import Money, TimeRange
from coop.law import queries as law
from coop.law.registry import pack
from payments.payroll.rules.slip import compute_slip
from payments.payroll.types import LineKind as PayKind
from payments.payroll.types import MonthSoFar, Slip, SlipAsk

ZONES = {"ZA": "Africa/Johannesburg", "CO": "America/Bogota", "KE": "Africa/Nairobi"}
#: A weekday hour that is the same day in all three.
TEN = datetime(2026, 8, 3, 10, tzinfo=UTC)
AUGUST = date(2026, 8, 31)


def row(day: date, seconds: int, wage: Money) -> HoursLine:
    start = TEN.replace(day=day.day)
    during = TimeRange(start, start + timedelta(seconds=seconds))
    return HoursLine(
        uuid4(), UUID(int=1), during, HoursKind.VISIT, ("visit", uuid4()), seconds, wage,
        "cleaning", None, {}, None, "", during.end,
    )  # fmt: skip


def workdays(count: int) -> list[date]:
    """Monday to Friday of August 2026, 21 days; for more, Saturdays too, 26."""
    last = 5 if count <= 21 else 6
    days = [date(2026, 8, n) for n in range(1, 32)]
    return [day for day in days if day.weekday() < last][:count]


def month(country: str, wage: str, visits: list[Fraction], employer: str) -> tuple[
    dict[str, Money], Slip
]:  # fmt: skip
    """(what the prices of visits of so many hours charge, by line), (their payslip)."""
    place, days = pack(country), workdays(len(visits))
    times = [int(hours * 3600) for hours in visits]
    money = Money.of(wage, place.currency)
    ruling = Ruling(WageFloor(money), Fraction(1), Fraction(15, 100), 0, None, employer)
    charged: dict[str, Money] = {}
    for day, seconds in zip(days, times, strict=True):
        for line in price_lines(basis(place, ruling, service="x", seconds=seconds, on=day)):
            if line.kind in (LineKind.CONTRIBUTION, LineKind.PROVISION):
                zero = Money.zero(place.currency)
                charged[line.code] = charged.get(line.code, zero) + line.amount
    rows = tuple(row(day, seconds, money) for day, seconds in zip(days, times, strict=True))
    ask = SlipAsk(country, place.currency, ZONES[country], AUGUST, employer, rows, {}, MonthSoFar())
    return charged, compute_slip(place, ask)


#: A month of the law's own hours, in weeks without overtime: 26 × 7 1/2 = 195, 25 × 7 + 5 = 180,
#: 26 × 8 2/3 = 225 1/3.
FULL = {
    "ZA": ("45.00", [Fraction(15, 2)] * 26),
    "CO": ("11200", [Fraction(7)] * 25 + [Fraction(5)]),
    "KE": ("166.00", [Fraction(26, 3)] * 26),
}
#: 21 days of 8 hours: whole days carry whole transport in the price too.
WHOLE_DAYS = [Fraction(8)] * 21


def _provisions(country: str) -> set[str]:
    return {"transport", *(row.id for row in pack(country).benefits)}


@pytest.mark.parametrize("employer", ["cooperative", "household"])
@pytest.mark.parametrize("country", FULL)
def test_a_full_month_of_prices_brings_the_employers_part(country: str, employer: str) -> None:
    """Each line of a visit is settled to the nearest step: half a step a visit and scheme."""
    wage, visits = FULL[country]
    place = pack(country)
    assert sum(visits) == law.worked_month_hours(place, AUGUST)
    charged, slip = month(country, wage, visits, employer)
    owed = {due.scheme: due.employer for due in slip.contributions if due.employer}
    assert owed
    assert charged.keys() - _provisions(country) == owed.keys()
    step = place.money_step * place.scale
    for scheme, amount in owed.items():
        assert abs(charged[scheme].minor - amount.minor) <= len(visits) * step / 2, scheme


def test_colombian_benefits_are_charged_as_they_are_set_aside() -> None:
    """168 h × 11 200 = 1 881 600, and 21 × 8 303 = 174 363 of transport."""
    charged, slip = month("CO", "11200", WHOLE_DAYS, "cooperative")
    assert charged["transport"] == slip.allowance == Money.of("174363", "COP")
    aside = [line.amount for line in slip.lines if line.kind is PayKind.BENEFIT]
    assert [amount.major() for amount in aside] == [
        "171330.00",  # prima: (1 881 600 + 174 363) / 12
        "171330.00",  # cesantías: the same
        "20560.00",  # 12 % of a year's cesantías, a twelfth of it
    ]
    codes = ("prima", "cesantias", "intereses_cesantias")
    for code, amount in zip(codes, aside, strict=True):
        assert abs(charged[code].minor - amount.minor) <= len(WHOLE_DAYS) * 100 / 2, code


def test_transport_ends_when_the_month_earns_more_than_two_minimum_wages() -> None:
    """168 h × 20 844 = 3 501 792 is under 3 501 810; × 20 845 = 3 501 960 is over."""
    _, under = month("CO", "20844", WHOLE_DAYS, "cooperative")
    _, over = month("CO", "20845", WHOLE_DAYS, "cooperative")
    assert (under.allowance.major(), over.allowance.major()) == ("174363.00", "0.00")


def test_kenyas_training_levy_is_charged_only_where_the_cooperative_employs() -> None:
    """50 a month: 26 visits × 1.92 = 49.92. Asked as a household, the price would leave it out."""
    wage, visits = FULL["KE"]
    charged, slip = month("KE", wage, visits, "cooperative")
    owed = {due.scheme: due.employer.major() for due in slip.contributions}
    assert (owed["NITA"], charged["NITA"].major()) == ("50.00", "49.92")
    at_home, hers = month("KE", wage, visits, "household")
    assert "NITA" not in at_home
    assert "NITA" not in {due.scheme for due in hers.contributions}
