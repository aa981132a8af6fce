"""The towns most tests begin with, made once by the real operations and then copied row by row.

A copy has ids, phone numbers and a slug of its own, so two of them are two towns. They are made
before the first test, so nothing a test puts in the place of something else is in them: whoever
needs that founds a town with a slug of its own, by the operations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db import connection, transaction

_ID = re.compile(r'"id":"([0-9a-f-]{36})"')
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_NUMBER = re.compile(r'"(\+\d{8,15})"')
_SLUG = re.compile(r'"slug":"(coop-\d+)"')


@dataclass(frozen=True)
class Kept:
    """What the builder gave, and each table's rows as a JSON array."""

    given: Any
    rows: dict[str, str]
    ids: frozenset[UUID]


_kept: dict[Hashable, Kept] = {}


def keep(key: Hashable, build: Callable[[], Any]) -> None:
    """Build it in an empty database, remember every row that came of it, and undo it."""
    with transaction.atomic():
        before = _rows()
        given = build()
        rows = _rows()
        changed = [table for table, was in before.items() if rows.pop(table) != was]
        transaction.set_rollback(True)
    assert changed == [], "a town is only new rows in empty tables"
    ids = frozenset(UUID(found) for text in rows.values() for found in _ID.findall(text))
    _kept[key] = Kept(given, rows, ids)


def copied(key: Hashable, number: Callable[[], str], slug: Callable[[], str]) -> Any:
    """Another one of what was kept under this key, or None; `number` gives phones, `slug` a slug."""
    kept = _kept.get(key)
    if kept is None:
        return None
    new = {old: uuid4() for old in kept.ids}
    numbers: dict[str, str] = {}

    def known(text: str) -> str:
        text = _UUID.sub(lambda m: str(new.get(UUID(m[0]), m[0])), text)
        text = _NUMBER.sub(lambda m: f'"{numbers.setdefault(m[1], number())}"', text)
        return _SLUG.sub(lambda m: f'"slug":"{slug()}"', text)

    insert = "INSERT INTO {0} SELECT * FROM json_populate_recordset(null::{0}, %s::json)"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "; ".join(insert.format(table) for table in kept.rows),
            [known(text) for text in kept.rows.values()],
        )
    return _renewed(kept.given, new)


def _rows() -> dict[str, str]:
    """The rows of every table that has some."""
    tables = sorted({model._meta.db_table for model in apps.get_models() if model._meta.managed})
    one = "SELECT '{0}', json_agg(t)::text FROM {0} t HAVING count(*) > 0"
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(one.format(table) for table in tables))
        return dict(cursor.fetchall())


def _renewed(value: Any, new: dict[UUID, UUID]) -> Any:
    """The same value, with the new ids where the old ones were."""
    if isinstance(value, UUID):
        return new.get(value, value)
    if isinstance(value, list):
        return [_renewed(one, new) for one in value]
    if isinstance(value, dict):
        return {key: _renewed(one, new) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        known = {field.name: getattr(value, field.name) for field in fields(value)}
        return replace(value, **{name: _renewed(one, new) for name, one in known.items()})
    return value
