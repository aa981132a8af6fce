"""A charge damaged past the triggers is found and named."""

from __future__ import annotations

import pytest
from django.db import connection

from payments.charges import queries
from tests.payments.charges.paying import Desk


@pytest.mark.parametrize(
    ("act", "invariant"),
    [
        ("UPDATE payments_charges_charge SET captured_minor = 19999", "I2"),
        ("DELETE FROM payments_charges_intent WHERE kind = 'capture'", "I7"),
        ("UPDATE payments_charges_chargeline SET amount_minor = 1 WHERE code = 'tax'", "I8"),
    ],
)
def test_damage_is_found_and_named(desk: Desk, act: str, invariant: str) -> None:
    charge = desk.captured()
    assert queries.breaches(cooperative_id=desk.town.id) == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(act)
        cursor.execute("SET session_replication_role = DEFAULT")
    found = queries.breaches(cooperative_id=desk.town.id)
    assert (invariant, str(charge)) in {(b.invariant, b.id) for b in found}
