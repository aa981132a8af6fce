"""`check_books` passes on good books and names a row damaged past the triggers."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from tests.factories import found_town, make_worker
from tests.payments.payroll.month import month_of_visits, paid_run

pytestmark = pytest.mark.django_db


def checked() -> tuple[int, dict[str, Any]]:
    out, code = StringIO(), 0
    try:
        call_command("check_books", json=True, stdout=out)
    except SystemExit as stop:
        code = int(str(stop.code))
    return code, json.loads(out.getvalue())


def test_good_books_hold_and_a_damaged_posting_is_named() -> None:
    town = found_town()
    month_of_visits(town, make_worker(town))
    paid_run(town)
    code, answer = checked()
    assert (code, answer["holds"], answer["breaches"]) == (0, True, [])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE payments_ledger_posting SET amount_minor = amount_minor + 1 WHERE id ="
            " (SELECT min(id) FROM payments_ledger_posting) RETURNING entry_id"
        )
        entry_id = str(cursor.fetchone()[0])
        cursor.execute("SET session_replication_role = DEFAULT")
    code, answer = checked()
    assert code == 1
    assert ("I1", entry_id) in {(b["invariant"], b["id"]) for b in answer["breaches"]}
