"""The story that `manage.py story` tells, played to its end in each of its places.

Its operations, its law and its card sandbox are the real ones; promises are carried out here and now
instead of by a worker, which the races show at work.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from coop.home.management.story import PLACES, Stage, Step, play
from coop.home.queries import late_promises
from coop.outbox.operations import run_due
from tests.payments.whole_town import sandbox_of_its_own

pytestmark = pytest.mark.django_db


@dataclass
class Here(Stage):
    """A stage without processes of its own."""

    def carry_out(self, at: datetime) -> None:
        run_due(at=at)
        assert late_promises(at) == []


def told(country: str, folder: Path) -> list[Step]:
    """Everything told in that place, with one week for the household that comes every week."""
    stage = Here(lambda step: None)
    with sandbox_of_its_own(folder):
        play(stage, replace(PLACES[country], weeks=1))
        out = StringIO()
        call_command("check_books", json=True, provider=True, since=None, stdout=out)
    answer = json.loads(out.getvalue())
    assert (answer["holds"], answer["breaches"]) == (True, [])
    return stage.steps


def said(steps: list[Step], title: str, number: str) -> list[Any]:
    return [str(step.numbers[number]) for step in steps if step.title == title]


def test_the_story_of_south_africa_comes_to_its_end(tmp_path: Path) -> None:
    steps = told("ZA", tmp_path)
    # 4.5 h and 8.5 h at 45.00. Under 24 hours a month there is no unemployment insurance.
    assert said(steps, "Payslip of Zanele Nkosi", "gross") == ["585.00 ZAR"]
    assert said(steps, "Payslip of Zanele Nkosi", "net") == ["585.00 ZAR"]
    paid = "A fund is paid by two keys and told"
    assert said(steps, paid, "scheme") == ["COIDA"]
    assert said(steps, paid, "paid") == ["6.08 ZAR"]  # 1.04 % of 585.00
    assert said(steps, "The vote is the rule", "says") == ["An hour earns at least R48,00."]
    before, day_before, after = said(steps, "A quote, line by line", "lines")
    assert before == day_before
    assert "192.00 ZAR (4 h × R48,00)" in after


def test_the_story_of_colombia_comes_to_its_end(tmp_path: Path) -> None:
    """Its founding figures move with the law; the members always vote above them."""
    steps = told("CO", tmp_path)
    [slip] = [step.numbers for step in steps if step.title.startswith("Payslip of ")]
    # 13 h at the founding 10,700; the law: 1,750,905 a month / 220 h x 7/6 for the paid rest day.
    assert str(slip["gross"]) == "139100.00 COP"
    assert str(slip["least_by_law"]) == "120706.33 COP"
    funds = said(steps, "A fund is paid by two keys and told", "scheme")
    assert funds == ["ARL", "CAJA", "PENSION"]
    assert said(steps, "The box is counted and certified", "passed") == ["True", "True"]
    before, day_before, after = said(steps, "A quote, line by line", "price")
    assert before == day_before != after
    assert steps[-1].title == "The books balance"
