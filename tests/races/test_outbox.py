"""Worker and Valkey die in the middle of 300 effects: each is done exactly once; bare messages are lost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection, transaction

from coop.audit.models import Entry
from coop.embedded.valkey import EmbeddedValkey
from coop.outbox.models import Promise
from coop.outbox.operations import promise
from tests.races.worker_app import leave_a_mark

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.slow]
EFFECTS = 300
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


class Machine:
    """A Valkey and a Celery worker of its own, on the test's database; both can be killed."""

    def __init__(self, folder: Path) -> None:
        self.valkey = EmbeddedValkey(folder)
        self.address = self.valkey.start()
        said = connection.settings_dict
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")} | {
            "DATABASE_URL": f"postgresql://{said['USER']}@/{said['NAME']}?host={said['HOST']}",
            "REDIS_URL": self.address,
            "DJANGO_SETTINGS_MODULE": "coop.settings.test",
        }
        self.worker = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "tests.races.worker_app", "worker", "--pool",
             "threads", "--concurrency", "2", "--loglevel", "error", "--without-gossip",
             "--without-mingle"],
            cwd=settings.BASE_DIR, env=environment, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.client = Celery(broker=f"{self.address}/0", set_as_current=False)

    def send(self, task: str, *args: str) -> None:
        self.client.send_task(task, args=list(args), retry=False)

    def kill(self) -> None:
        """As a power cut would: no goodbye, nothing written down."""
        self.worker.kill()
        self.worker.wait()
        self.valkey.kill()
        self.client.close()


@contextmanager
def machine(folder: Path) -> Iterator[Machine]:
    running = Machine(folder)
    try:
        yield running
    finally:
        running.kill()


def until(true: Callable[[], bool], seconds: int = 45) -> bool:
    for _ in range(seconds * 20):
        if true():
            return True
        time.sleep(0.05)
    return False


def marks() -> int:
    return Entry.objects.filter(about_kind="race").count()


def test_300_promises_survive_the_death_of_worker_and_valkey(tmp_path: Path) -> None:
    with transaction.atomic():
        for n in range(EFFECTS):
            promise(
                key=f"race:{n}",
                effect="races.mark",
                payload={"id": str(UUID(int=n))},
                due_at=AT,
                at=AT,
            )
    with machine(tmp_path / "first") as first:
        for _ in range(3):
            first.send("coop.outbox.tasks.drain", AT.isoformat())
        assert until(lambda: marks() >= 40)
    killed_at = marks()
    assert killed_at < EFFECTS, "the machine died too late to prove anything"
    with machine(tmp_path / "second") as second:
        second.send("coop.outbox.tasks.tick")
        second.send("coop.outbox.tasks.tick")
        assert until(lambda: not Promise.objects.filter(state="waiting").exists())
    done = Entry.objects.filter(about_kind="race").values_list("about_id", flat=True)
    assert sorted(done) == [UUID(int=n) for n in range(EFFECTS)]
    assert Promise.objects.filter(state="done").count() == EFFECTS


def test_300_bare_messages_do_not(tmp_path: Path) -> None:
    with machine(tmp_path / "first") as first:
        for n in range(EFFECTS):
            first.send("races.bare", str(UUID(int=n)), AT.isoformat())
        assert until(lambda: marks() >= 40)
    with machine(tmp_path / "second") as second:
        second.send("races.bare", str(UUID(int=EFFECTS)), AT.isoformat())
        assert until(lambda: Entry.objects.filter(about_id=UUID(int=EFFECTS)).exists())
    assert marks() < EFFECTS, "some are gone for good"


def test_a_mark_is_a_row_each_time() -> None:
    """The measure itself: twice the effect is two rows, so a second doing would be seen."""
    for _ in range(2):
        leave_a_mark({"id": str(UUID(int=1))}, AT)
    assert marks() == 2
