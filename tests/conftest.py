"""What every test stands on."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

#: No timing inside a test: a busy machine is slow, and that breaks no promise.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Several processes divide the tests our way."""
    from tests.division import ByFile

    return ByFile(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, after others have sorted."""
    from tests.division import rank

    items.sort(key=lambda item: rank(item.nodeid))


def pytest_collection_finish() -> None:
    """What was loaded to start with stays; looking through it for waste took a third of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_blocker: Any
) -> None:
    """Before the test database is made: copy it from a migrated one."""
    from tests.template import use_template

    with django_db_blocker.unblock():
        use_template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """After the test database is made: keep the towns that tests begin with."""
    from django.db import connection

    from tests.factories import found_town
    from tests.factories.bookings import make_service_ready_town
    from tests.factories.copies import keep

    if not str(connection.settings_dict["NAME"]).startswith("test_"):
        return  # no test of this run asked for a database
    with django_db_blocker.unblock():
        for country in ("ZA", "CO"):
            keep(("town", country), partial(found_town, country))
        for workers in (1, 2):
            keep(("service", "ZA", workers), partial(make_service_ready_town, workers=workers))


@pytest.fixture(scope="session", autouse=True)
def _flush_past_append_only() -> None:
    """Cleaning up after a committed test empties tables that refuse TRUNCATE; only tests may."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    original = DatabaseOperations.execute_sql_flush

    def flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            try:
                original(self, sql_list)
            finally:
                cursor.execute("SET session_replication_role = DEFAULT")

    DatabaseOperations.execute_sql_flush = flush  # type: ignore[assignment,method-assign]


@pytest.fixture(autouse=True)
def _no_language_left_behind() -> Iterator[None]:
    """A request leaves its reader's language on the thread; the next test begins without it."""
    from django.utils import translation

    yield
    translation.deactivate()
