"""The waterfall: the law is a floor, the sum is the surplus, capital earns no patronage."""

from __future__ import annotations

from datetime import date
from fractions import Fraction as F
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.kernel import Money, RuleBroken, total
from coop.law import registry
from coop.law.rules.surplus import share_surplus
from coop.law.rules.surplus_law import check_vote, lawful_vote
from coop.law.types import Base, JointCap, Pack, Patron, Step, Vote, Waterfall, Year
from tests.law.mini import mini

ON = date(2026, 2, 28)
ZA, CO, BR, FREE = registry.pack("ZA"), registry.pack("CO"), mini("BR"), mini("TT")


def year(pack: Pack, surplus: str, **known: Any) -> Year:
    zero = Money.zero(pack.currency)
    facts: dict[str, Any] = {
        "losses_forward": zero, "reserve_to_rebuild": zero, "non_member_share": F(0),
        "reserve_balance": zero, "net_assets": None, "patrons": (Patron(1, F(1)),),
    } | known  # fmt: skip
    return Year(surplus=Money.of(surplus, pack.currency), **facts)


def step(id: str, share: str, base: Base = Base.MEMBER_PART, **known: Any) -> Step:
    return Step(id=id, name=id.capitalize(), base=base, share=F(share), **known)


def amounts(found: Waterfall) -> dict[str, str]:
    return {a.id: a.amount.major() for a in found.allotments} | {
        "patronage": found.patronage.major()
    }


def test_co_1_twenty_twenty_ten() -> None:
    found = share_surplus(CO, year=year(CO, "10000000"), vote=Vote(), on=ON)
    assert amounts(found) == {
        "reserve": "2000000.00", "education": "2000000.00", "solidarity": "1000000.00",
        "patronage": "5000000.00",
    }  # fmt: skip


def test_co_2_losses_and_used_reserves_come_first() -> None:
    closed = year(
        CO, "10000000", losses_forward=Money.of("1500000", "COP"),
        reserve_to_rebuild=Money.of("500000", "COP"),
    )  # fmt: skip
    found = amounts(share_surplus(CO, year=closed, vote=Vote(), on=ON))
    assert (found["losses"], found["rebuild"]) == ("1500000.00", "500000.00")
    assert found["reserve"] == found["education"] == "1600000.00"
    assert (found["solidarity"], found["patronage"]) == ("800000.00", "4000000.00")


def test_co_3_work_for_non_members_is_not_shared() -> None:
    closed = year(CO, "10000000", non_member_share=F("0.30"))
    found = amounts(share_surplus(CO, year=closed, vote=Vote(), on=ON))
    assert found["non_member_fund"] == "3000000.00"
    assert found["reserve"] == found["education"] == "1400000.00"
    assert (found["solidarity"], found["patronage"]) == ("700000.00", "3500000.00")


def test_br_1_minimums_are_settled_up() -> None:
    found = amounts(share_surplus(BR, year=year(BR, "123456.78"), vote=Vote(), on=ON))
    assert found == {"reserve": "12345.68", "fates": "6172.84", "patronage": "104938.26"}


def test_za_1_an_open_reading_is_flagged_not_guessed() -> None:
    closed = year(ZA, "80000", net_assets=Money.of("1000000", "ZAR"))
    vote = Vote(steps=(step("reserve", "0.10"),))
    found = share_surplus(ZA, year=closed, vote=vote, on=ON)
    assert amounts(found) == {"reserve": "8000.00", "patronage": "72000.00"}
    assert found.flags[0].code == "law_reading_open"
    assert "10000.00 ZAR to 50000.00 ZAR" in found.flags[0].message.plain


def test_uk_1_joint_cap() -> None:
    vote = Vote(
        steps=(step("members", "0.40"), step("equity", "0.15")),
        joint_caps=(JointCap(("members", "equity"), F(1, 2)),),
    )
    with pytest.raises(RuleBroken) as caught:
        share_surplus(FREE, year=year(FREE, "100000"), vote=vote, on=ON)
    assert caught.value.code == "joint_cap"


def test_mon_1_forty_five_forty_five_ten() -> None:
    vote = Vote(steps=(step("reserve", "0.45"), step("community", "0.10")), cash_share=F(0))
    found = share_surplus(FREE, year=year(FREE, "200000"), vote=vote, on=ON)
    assert amounts(found) == {
        "reserve": "90000.00", "community": "20000.00", "patronage": "90000.00",
    }  # fmt: skip
    assert found.shares[0].capital.major() == "90000.00"


def test_hrs_1_the_odd_cent_goes_to_the_lowest_number() -> None:
    patrons = tuple(Patron(number, F(1)) for number in (3, 1, 2))
    closed = year(FREE, "1000.00", patrons=patrons)
    found = share_surplus(FREE, year=closed, vote=Vote(), on=ON)
    assert [(s.number, s.amount.major()) for s in found.shares] == [
        (1, "333.34"), (2, "333.33"), (3, "333.33"),
    ]  # fmt: skip


def test_a_vote_may_raise_a_minimum_but_not_undercut_it() -> None:
    raised = Vote(steps=(step("reserve", "0.25"),))
    found = amounts(share_surplus(CO, year=year(CO, "10000000"), vote=raised, on=ON))
    assert found["reserve"] == "2500000.00"
    with pytest.raises(RuleBroken) as caught:
        check_vote(CO, vote=Vote(steps=(step("reserve", "0.19"),)), on=ON)
    assert caught.value.code == "below_law"
    capped = Vote(steps=(step("reserve", "0.25", cap=Money.of("1", "COP")),))
    with pytest.raises(RuleBroken, match="less than"):
        share_surplus(CO, year=year(CO, "10000000"), vote=capped, on=ON)


def test_south_africa_needs_a_reserve_and_caps_it() -> None:
    with pytest.raises(RuleBroken) as none:
        check_vote(ZA, vote=Vote(), on=ON)
    assert none.value.code == "below_law"
    with pytest.raises(RuleBroken) as much:
        check_vote(ZA, vote=Vote(steps=(step("reserve", "0.06", Base.NET_ASSETS),)), on=ON)
    assert much.value.code == "above_law"


@pytest.mark.parametrize("pack", [ZA, CO], ids=["ZA", "CO"])
def test_patronage_by_capital_is_refused(pack: Pack) -> None:
    vote = Vote(steps=(step("reserve", "0.25"),), basis="capital")
    with pytest.raises(RuleBroken) as caught:
        share_surplus(pack, year=year(pack, "1000"), vote=vote, on=ON)
    assert caught.value.code == "patronage_by_capital"


def test_more_than_is_there_is_refused() -> None:
    vote = Vote(steps=(step("community", "0.51"),))
    with pytest.raises(RuleBroken) as caught:
        share_surplus(CO, year=year(CO, "100"), vote=vote, on=ON)
    assert caught.value.code == "surplus_overdrawn"


def test_a_fund_stops_at_its_target() -> None:
    full = step("sickness", "0.10", target=Money.of("50", "TTD"), balance=Money.of("45", "TTD"))
    found = share_surplus(FREE, year=year(FREE, "1000"), vote=Vote(steps=(full,)), on=ON)
    assert amounts(found)["sickness"] == "5.00"


def test_a_loss_meets_the_reserve_then_is_carried_or_shared() -> None:
    patrons = (Patron(1, F(3)), Patron(2, F(1)))
    reserve = Money.of("60", "BRL")
    closed = year(BR, "-100", reserve_balance=reserve, patrons=patrons)
    found = share_surplus(BR, year=closed, vote=Vote(), on=ON)
    assert amounts(found) == {"reserve": "-60.00", "patronage": "-40.00"}
    assert [s.amount.major() for s in found.shares] == ["-30.00", "-10.00"]
    carried = share_surplus(CO, year=year(CO, "-100"), vote=Vote(), on=ON)
    assert amounts(carried) == {"loss_forward": "-100.00", "patronage": "0.00"}


@given(
    minor=st.integers(-(10**9), 10**12),
    hours=st.lists(st.integers(1, 10**6), min_size=1, max_size=20),
    loss=st.integers(0, 10**9),
    outside=st.fractions(0, 1, max_denominator=100),
    cash=st.fractions(0, 1, max_denominator=100),
)
def test_nothing_is_lost(minor: int, hours: list[int], loss: int, outside: F, cash: F) -> None:
    patrons = tuple(Patron(i, F(h)) for i, h in enumerate(hours))
    for pack in (CO, BR):
        zero = Money.zero(pack.currency)
        closed = Year(
            Money(minor, pack.currency), Money(loss, pack.currency), zero, outside, zero, None,
            patrons,
        )  # fmt: skip
        found = share_surplus(pack, year=closed, vote=Vote(cash_share=cash), on=ON)
        rungs = total([a.amount for a in found.allotments], pack.currency)
        assert rungs + found.patronage == closed.surplus
        assert total([s.amount for s in found.shares], pack.currency) == found.patronage
        assert all(s.cash + s.capital == s.amount for s in found.shares)


def test_a_vote_that_the_law_has_overtaken_is_read_at_the_minimum() -> None:
    vote = Vote(steps=(step("reserve", "0.05"), step("fates", "0.08"), step("party", "0.01")))
    with pytest.raises(RuleBroken) as caught:
        check_vote(BR, vote=vote, on=ON)
    assert str(caught.value.facts["rule"]) == "Reserve fund, Lei 5.764/1971 art. 28"
    assert caught.value.facts["source"] == "a published table"
    read = lawful_vote(BR, vote=vote, on=ON)
    assert [s.share for s in read.steps] == [F("0.10"), F("0.08"), F("0.01")]
    assert amounts(share_surplus(BR, year=year(BR, "100.00"), vote=read, on=ON)) == {
        "reserve": "10.00", "fates": "8.00", "party": "1.00", "patronage": "81.00",
    }  # fmt: skip
    assert lawful_vote(BR, vote=read, on=ON) == read
