"""A vote or a rule damaged past the triggers is found and named."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection

from governance import queries
from tests.factories import found_town
from tests.factories.governance import pass_policy

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("act", "invariant"),
    [
        ("UPDATE governance_vote SET choice = 'no' WHERE id = (SELECT id FROM governance_vote LIMIT 1)", "I9"),
        ("UPDATE governance_decision SET yes = yes + 1", "I9"),
        ("UPDATE governance_policyversion SET effective_from = '2020-01-01' WHERE NOT founding", "I10"),
        ("UPDATE governance_decision SET passed = false", "I10"),
    ],
)  # fmt: skip
def test_damage_is_found_and_named(tea: Any, act: str, invariant: str) -> None:
    town = found_town()
    terms = {"amount": "3.00", "currency": "ZAR"}
    pass_policy(town, tea.name, terms, date(2026, 6, 1), town.at)
    assert queries.breaches(cooperative_id=town.id) == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(act)
        cursor.execute("SET session_replication_role = DEFAULT")
    found = queries.breaches(cooperative_id=town.id)
    assert any(b.invariant == invariant and b.id for b in found), found
