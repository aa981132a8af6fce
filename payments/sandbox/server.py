"""The HTTP door: threads, HTTP/1.1, loopback only."""

from __future__ import annotations

import json
import socket
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from payments.sandbox.delivery import Postman
from payments.sandbox.desk import Answer, Desk, Request
from payments.sandbox.errors import invalid, server_error

_LARGEST_BODY = 1_000_000


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, desk: Desk, postman: Postman) -> None:
        self.desk, self.postman = desk, postman
        super().__init__(("127.0.0.1", port), Handler)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60
    server: Server

    def setup(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().setup()

    def _serve(self) -> None:
        path = urlsplit(self.path)
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > _LARGEST_BODY:
            self.close_connection = True
            self._send(Answer(400, invalid("The request is too large.").body))
            return
        body = self.rfile.read(int(length))
        if path.path == "/_health":
            self._send(Answer(200, {"ok": True}))
            return
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            self._send(Answer(400, invalid("The request is not UTF-8.").body))
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, path.path, path.query, text, headers)
        try:
            answer = self.server.desk.answer(request)
        except Exception as error:
            self.log_error("%r", error)
            answer = Answer(500, server_error().body)
        self.server.postman.poke()
        self._send(answer)

    do_GET = do_POST = do_DELETE = _serve

    def _send(self, answer: Answer) -> None:
        if answer.drop:
            time.sleep(answer.wait_ms / 1000)
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        payload = json.dumps(answer.body, indent=2).encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: the journal is the record."""
