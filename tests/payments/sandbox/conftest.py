from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import stripe

from tests.payments.sandbox.running import Letterbox, Running


@pytest.fixture
def letterbox() -> Iterator[Letterbox]:
    box = Letterbox()
    yield box
    box.server.shutdown()


@pytest.fixture
def sandbox(tmp_path: Path, letterbox: Letterbox) -> Iterator[Running]:
    running = Running(tmp_path / "journal.sqlite3", letterbox.url).start()
    yield running
    running.kill()


@pytest.fixture
def client(sandbox: Running) -> stripe.StripeClient:
    return sandbox.client()
