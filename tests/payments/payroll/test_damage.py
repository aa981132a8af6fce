"""A row damaged past the triggers is found and named."""

from __future__ import annotations

import pytest
from django.db import connection

from payments.payroll import queries
from tests.factories import Town, found_town, make_worker
from tests.payments.payroll.month import month_of_visits, paid_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    town = found_town()
    month_of_visits(town, make_worker(town))
    paid_run(town)
    assert queries.breaches(cooperative_id=town.id) == []
    return town


def damage(act: str) -> None:
    """Change rows as somebody with the database's own key could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(act)
        cursor.execute("SET session_replication_role = DEFAULT")


@pytest.mark.parametrize(
    ("act", "invariant", "words"),
    [
        ("UPDATE payments_payroll_payslipline SET amount_minor = amount_minor + 1"
         " WHERE position = 0", "I3", "do not sum"),
        ("UPDATE payments_payroll_payslipline SET seconds = seconds + 60 WHERE position = 0",
         "I3", "unlike its hours"),
        ("UPDATE payments_payroll_payslip SET minimum_minor = gross_minor,"
         " gross_minor = gross_minor, net_minor = net_minor;"
         "UPDATE payments_payroll_payslipline SET amount_minor = 1 WHERE position = 0",
         "I3", "do not sum"),
        ("UPDATE payments_payroll_contribution SET employer_minor = employer_minor - 100"
         " WHERE scheme = 'UIF'", "I4", "UIF"),
        ("UPDATE payments_payroll_contribution SET state = 'filed' WHERE scheme = 'COIDA'",
         "I4", "COIDA"),
        ("DELETE FROM payments_payroll_contribution WHERE scheme = 'UIF'", "I4", "deductions"),
        ("UPDATE payments_ledger_posting SET amount_minor = 2 * amount_minor WHERE account_id IN"
         " (SELECT id FROM payments_ledger_account WHERE code = 'wage_expense')",
         "I4", "wage_expense"),
    ],
)  # fmt: skip
def test_damage_is_found_and_named(town: Town, act: str, invariant: str, words: str) -> None:
    damage(act)
    found = queries.breaches(cooperative_id=town.id)
    assert any(b.invariant == invariant and words in b.what and b.id for b in found), found


def test_hours_paid_twice_are_found(town: Town) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP INDEX hours_paid_once")
    damage(
        "INSERT INTO payments_payroll_payslipline (cooperative_id, payslip_id, position, kind,"
        " hours_entry_id, service, seconds, rate_minor, amount_minor, currency, rule, versions, facts)"
        " SELECT cooperative_id, payslip_id, 500, kind, hours_entry_id, service, seconds,"
        " rate_minor, amount_minor, currency, rule, versions, facts"
        " FROM payments_payroll_payslipline WHERE position = 0"
    )
    found = queries.breaches(cooperative_id=town.id)
    assert any("2 payslip lines" in b.what for b in found), found
