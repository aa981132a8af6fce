"""A real sandbox process, a real receiver of its webhooks, and the real SDK between them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import stripe

ROOT = Path(__file__).resolve().parents[3]
KEY, SECRET = "sk_test_sandbox", "whsec_sandbox"


@dataclass
class Letterbox:
    """Receives webhooks; answers with `statuses` in turn, then with 200."""

    letters: list[tuple[bytes, str]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        box = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                box.letters.append((body, self.headers["Stripe-Signature"]))
                self.send_response(box.statuses.pop(0) if box.statuses else 200)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/"

    def wait_for(self, count: int, kind: str | None = None, seconds: int = 15) -> list[Any]:
        last = time.monotonic() + seconds
        while time.monotonic() < last:
            events = [json.loads(body) for body, _ in list(self.letters)]
            found = [e for e in events if kind is None or e["type"] == kind]
            if len(found) >= count:
                return found
            time.sleep(0.02)
        raise AssertionError(f"only {len(self.letters)} letters came, not {count}")


@dataclass
class Running:
    """One sandbox process; `kill` is kill -9, `start` opens the same journal again."""

    journal: Path
    webhook_url: str
    process: subprocess.Popen[str] | None = None
    base: str = ""

    def start(self) -> Running:
        environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        self.process = subprocess.Popen(
            [
                sys.executable, "-m", "payments.sandbox", "--port", "0",
                "--journal", str(self.journal), "--webhook-url", self.webhook_url,
                "--webhook-secret", SECRET, "--api-key", KEY,
            ],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert "listening on " in line, f"the sandbox did not start: {line!r}"
        self.base = line.split()[-1]
        return self

    def kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(10)

    def client(self, retries: int = 0) -> stripe.StripeClient:
        return stripe.StripeClient(
            KEY, base_addresses={"api": self.base}, max_network_retries=retries
        )

    def switch(self, path: str, wish: Any = None, method: str = "POST") -> Any:
        data = None if wish is None else json.dumps(wish).encode()
        request = urllib.request.Request(
            self.base + path, data=data, method=method, headers={"Authorization": f"Bearer {KEY}"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())

    def effects(self) -> list[tuple[str, int]]:
        lines = self.switch("/_journal", method="GET")["effects"]
        return [(line["kind"], line["amount"]) for line in lines]
