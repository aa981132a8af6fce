"""What the story stands on: a real Celery worker, a real card sandbox, and a clock of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any

from django.conf import settings

from coop.home.queries import late_promises
from coop.outbox.gateways import poke

#: Seconds the worker may take for everything due at one moment of the story.
PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Step:
    """One step told: its title and the numbers in it."""

    title: str
    numbers: dict[str, Any]


@dataclass
class Stage:
    """Starts the worker and the sandbox on entry and ends them on exit; keeps what was told."""

    hear: Callable[[Step], None]
    steps: list[Step] = field(default_factory=list)
    _processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __enter__(self) -> Stage:
        python, var = sys.executable, settings.VAR_DIR
        port = settings.STRIPE_API_BASE.rsplit(":", 1)[1]
        self._start(
            python, "-m", "payments.sandbox", "--port", port,
            "--journal", str(var / "sandbox.jsonl"), "--api-key", settings.STRIPE_API_KEY,
            "--webhook-url", "http://127.0.0.1:9/nobody-listens-in-a-story",
            "--webhook-secret", settings.STRIPE_WEBHOOK_SECRET,
        )  # fmt: skip
        self._start(
            python, "-m", "celery", "-A", "coop.celery", "worker", "--pool", "threads",
            "--concurrency", "2", "--loglevel", "error", "--without-gossip", "--without-mingle",
        )  # fmt: skip
        self._await_sandbox()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()

    def _start(self, *command: str) -> None:
        self._processes.append(
            subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL)
        )

    def _await_sandbox(self) -> None:
        port = int(settings.STRIPE_API_BASE.rsplit(":", 1)[1])
        for _ in range(100):
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=1):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("The card sandbox did not start.")

    def tell(self, title: str, /, **numbers: Any) -> None:
        """Keep one step and let the listener hear it at once."""
        step = Step(title, numbers)
        self.steps.append(step)
        self.hear(step)

    def carry_out(self, at: datetime) -> None:
        """Let the worker do everything due at a moment of the story, and wait until it has."""
        for tick in range(PATIENCE * 10):
            waiting = late_promises(at)
            if not waiting:
                return
            if tick % 20 == 0:
                poke(at)
            time.sleep(0.1)
        raise RuntimeError(f"The worker left undone: {'; '.join(waiting[:3])}")
