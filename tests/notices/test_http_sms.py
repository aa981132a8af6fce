"""SMS through a provider's address: a real server on this machine plays the provider."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest

from coop.notices.gateways.http_sms import HttpSms
from coop.notices.gateways.protocols import SendFailed

AT = datetime(2026, 3, 2, 6, tzinfo=UTC)


class Provider(BaseHTTPRequestHandler):
    answers: ClassVar[list[tuple[int, bytes]]] = []
    heard: ClassVar[list[tuple[dict[str, str], Any]]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.heard.append((dict(self.headers), body))
        status, said = self.answers.pop(0)
        self.send_response(status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def sms() -> Iterator[HttpSms]:
    Provider.answers, Provider.heard = [], []
    server = HTTPServer(("127.0.0.1", 0), Provider)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield HttpSms(f"http://127.0.0.1:{server.server_port}/send", "token")
    server.shutdown()
    server.server_close()


def send(sms: HttpSms) -> str:
    return sms.send(to="+27821234567", text="Sí, mañana", key="n:sms:0", at=AT)


def test_a_message_goes_out_with_its_key_and_secret(sms: HttpSms) -> None:
    Provider.answers = [(200, b'{"id": "SM1"}')]
    assert send(sms) == "SM1"
    [(headers, body)] = Provider.heard
    assert body == {"to": "+27821234567", "text": "Sí, mañana", "key": "n:sms:0"}
    assert headers["Authorization"] == "Bearer token"
    assert headers["Idempotency-Key"] == "n:sms:0"


@pytest.mark.parametrize(
    ("status", "said", "may_recover"),
    [
        (400, b"{}", False), (404, b"", False), (429, b"", True), (503, b"", True),
        (200, b"<html>", True), (200, b"{}", True), (200, b"[]", True), (200, b'{"id": 7}', True),
    ],
)  # fmt: skip
def test_a_failure_says_whether_trying_again_may_help(
    sms: HttpSms, status: int, said: bytes, may_recover: bool
) -> None:
    Provider.answers = [(status, said)]
    with pytest.raises(SendFailed) as failure:
        send(sms)
    assert failure.value.may_recover is may_recover


def test_a_provider_that_is_not_there_may_come_back() -> None:
    with pytest.raises(SendFailed) as failure:
        send(HttpSms("http://127.0.0.1:1/", "token"))
    assert failure.value.may_recover
    with pytest.raises(ValueError, match="SMS_URL"):
        HttpSms("file:///etc/passwd", "token")
