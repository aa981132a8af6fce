"""Cards of the demonstration are kept and charged by the sandbox, also before it runs for good."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings


@contextmanager
def card_sandbox() -> Iterator[None]:
    """The sandbox answers while this lasts, on the journal that it keeps afterwards."""
    where = urlsplit(settings.STRIPE_API_BASE)
    if where.port is None or _answers(where.port):
        yield
        return
    process = subprocess.Popen(
        [
            sys.executable, "-m", "payments.sandbox", "--port", str(where.port),
            "--journal", str(settings.VAR_DIR / "sandbox.jsonl"),
            "--webhook-url", f"{settings.SITE_URL}/money/charges/webhooks/stripe/",
            "--webhook-secret", settings.STRIPE_WEBHOOK_SECRET,
            "--api-key", settings.STRIPE_API_KEY,
        ],
        cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(200):
            if _answers(where.port):
                break
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
