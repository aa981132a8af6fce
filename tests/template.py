"""One migrated database that every process of the test run copies, kept while no migration changes.

Its name is a fingerprint of the migrations of all installed apps. `migrate` still runs on each copy,
and would apply what is missing. Only in the suite's own cluster: nothing is left in anybody else's.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

_NAME, _LOCK = "migrated_", 20_260_302


def use_template() -> None:
    """Have the test database copied from the migrated one, which is made when it is not there."""
    if not os.environ.get("LETSEMA_TEST_CLUSTER"):
        return
    name = _NAME + fingerprint(migrations())
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [_NAME + "%"])
        known = {row[0] for row in cursor.fetchall()}
        if name not in known:
            for old in known:
                cursor.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{_NAME}half"')
            with _connected_to(f"{_NAME}half"):
                call_command("migrate", verbosity=0)
            cursor.execute(f'ALTER DATABASE "{_NAME}half" RENAME TO "{name}"')
        cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    connection.settings_dict["TEST"]["TEMPLATE"] = name


def migrations() -> dict[str, bytes]:
    """Every migration of the installed apps, by app and file."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    files = {key: Path(str(sys.modules[m.__module__].__file__)) for key, m in known.items()}
    found = {f"{app}/{name}": file.read_bytes() for (app, name), file in files.items()}
    return found | {"django": django.__version__.encode()}


def fingerprint(files: dict[str, bytes]) -> str:
    """Another one when any file is added, dropped, renamed or changed."""
    told = hashlib.sha256()
    for name in sorted(files):
        told.update(f"{name} {len(files[name])} ".encode() + files[name])
    return told.hexdigest()[:20]


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
