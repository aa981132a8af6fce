"""What the database itself promises, asked of the database."""

from __future__ import annotations

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.template import fingerprint, migrations

pytestmark = pytest.mark.django_db


def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_the_copied_database_has_every_migration() -> None:
    call_command("migrate", check_unapplied=True, stdout=StringIO())


@pytest.mark.parametrize(
    "changed",
    [
        {}, {"a/1": b"x"}, {"a/1": b"x", "a/2": b"z"}, {"a/1": b"x", "a/3": b"y"},
        {"a/1": b"x", "a/2": b"y", "a/3": b""}, {"a/1": b"xy", "a/2": b""},
    ],
)  # fmt: skip
def test_the_database_that_is_copied_is_another_when_a_migration_changes(
    changed: dict[str, bytes],
) -> None:
    was = {"a/1": b"x", "a/2": b"y"}
    assert fingerprint(was) == fingerprint(dict(reversed(was.items())))
    assert fingerprint(changed) != fingerprint(was)


def test_every_migration_of_ours_counts_for_it() -> None:
    rooms = ("coop", "governance", "bookings", "payments")
    ours = [p for room in rooms for p in (settings.BASE_DIR / room).rglob("migrations/0*.py")]
    told = list(migrations().values())
    assert len(ours) > 20
    assert [path.name for path in ours if path.read_bytes() not in told] == []


def test_every_constraint_of_ours_has_a_name_of_ours() -> None:
    """A refusal is turned into a sentence by the constraint's name, so no name is made up."""
    from django.apps import apps

    ours = ("coop.", "governance", "bookings", "payments.")
    unnamed = [
        f"{model.__name__}.{rule}"
        for model in apps.get_models()
        if model.__module__.startswith(ours)
        for rule in [*model._meta.unique_together]
    ]
    assert unnamed == []


def test_the_plural_of_every_table_of_ours_is_a_word() -> None:
    """Officers read it in the admin; Django only appends an s."""
    from django.apps import apps

    ours = ("coop.", "governance", "bookings", "payments.")
    odd = [
        f"{model.__name__}: {name}"
        for model in apps.get_models()
        if model.__module__.startswith(ours)
        and (name := str(model._meta.verbose_name_plural)).endswith(
            ("rys", "tys", "ss", "persons", "smss")
        )
    ]
    assert odd == []


def test_a_foreign_key_of_ours_never_deletes_what_points_at_it() -> None:
    from django.apps import apps
    from django.db.models import PROTECT, ForeignKey

    ours = ("coop.", "governance", "bookings", "payments.")
    loose = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith(ours)
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.remote_field.on_delete is not PROTECT
    ]
    assert loose == []


def test_append_only_tables_have_their_guards() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE p.proname = 'letsema_append_only' AND NOT t.tgisinternal AND t.tgenabled = 'O'"
        )
        guarded = {row[0] for row in cursor.fetchall()}
    assert {"coop_audit_entry", "members_consent", "hours_hoursentry"} <= guarded
