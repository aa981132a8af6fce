"""`manage.py replay` computes a payslip again, line by line, and fails when a cent differs."""

from __future__ import annotations

from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from payments.payroll.models import Payslip
from tests.factories import Town, found_town, make_worker
from tests.payments.payroll.month import month_of_visits, paid_run
from tests.payments.payroll.test_damage import damage

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    town = found_town()
    month_of_visits(town, make_worker(town))
    paid_run(town)
    return town


def replayed() -> tuple[int, list[str]]:
    out, code = StringIO(), 0
    try:
        call_command("replay", str(Payslip.objects.get().id), stdout=out)
    except SystemExit as stop:
        code = int(str(stop.code))
    return code, out.getvalue().splitlines()


def test_a_payslip_comes_out_the_same_to_the_cent(town: Town) -> None:
    """Twenty visits of four hours at 45.00: 3,600.00."""
    code, lines = replayed()
    assert code == 0
    assert lines[0].split() == ["gross", "kept", "3600.00", "ZAR", "now", "3600.00", "ZAR"]
    assert sum("line" in line.split()[0] for line in lines) >= 20
    assert not any("differs" in line for line in lines)
    assert lines[-1] == "The payslip comes out the same to the cent."


def test_a_cent_of_difference_is_shown_and_fails(town: Town) -> None:
    damage(
        "UPDATE payments_payroll_payslipline SET amount_minor = amount_minor + 1 WHERE position = 3"
    )
    code, lines = replayed()
    assert code == 1
    [off] = [line for line in lines if line.endswith("differs")]
    assert off.split() == [
        "line", "3", "hours", "kept", "180.01", "ZAR", "now", "180.00", "ZAR", "differs",
    ]  # fmt: skip
    assert lines[-1] == "The payslip does not come out the same again."


def test_a_payslip_nobody_has_is_said_in_one_sentence(town: Town) -> None:
    with pytest.raises(CommandError, match="No cooperative here has such a payslip"):
        call_command("replay", str(uuid4()))
