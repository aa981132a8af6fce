from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.payments.charges.paying import Desk
from tests.payments.charges.visiting import Visits
from tests.payments.sandbox.running import KEY, SECRET, Letterbox, Running


@pytest.fixture(scope="session")
def running_sandbox(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Running, Letterbox]]:
    """One sandbox for the session; tests tell their own effects apart by the charge's id."""
    folder: Path = tmp_path_factory.mktemp("sandbox")
    box = Letterbox()
    running = Running(folder / "journal.sqlite3", box.url).start()
    yield running, box
    running.kill()
    box.server.shutdown()


@pytest.fixture
def rail(running_sandbox: tuple[Running, Letterbox], settings: Any) -> tuple[Running, Letterbox]:
    """The sandbox as the configured provider, without faults."""
    running, box = running_sandbox
    settings.STRIPE_API_KEY = KEY
    settings.STRIPE_API_BASE = running.base
    settings.STRIPE_WEBHOOK_SECRET = SECRET
    running.switch("/_test/faults", method="DELETE")
    return running, box


@pytest.fixture
def desk(rail: tuple[Running, Letterbox], db: None) -> Desk:
    return Desk(*rail)


@pytest.fixture
def visits(rail: tuple[Running, Letterbox], db: None) -> Visits:
    return Visits(*rail)
