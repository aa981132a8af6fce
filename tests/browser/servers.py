"""Real servers on a database of their own: granian for pages, uvicorn for sockets, the card sandbox."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

ROOT = Path(__file__).resolve().parent.parent.parent
_START_WITHIN = 40


@dataclass(frozen=True)
class Served:
    """Where the pages answer, and where hints come from."""

    url: str
    sockets_url: str


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _database_url() -> str:
    known = connection.settings_dict
    user = quote(str(known["USER"]), safe="")
    word = f":{quote(str(known['PASSWORD']), safe='')}" if known["PASSWORD"] else ""
    host, port = str(known["HOST"]), str(known["PORT"])
    if host.startswith("/"):
        at = f"localhost{':' + port if port else ''}"
        return f"postgresql://{user}{word}@{at}/{known['NAME']}?host={quote(host, safe='')}"
    return f"postgresql://{user}{word}@{host}:{port}/{known['NAME']}"


@contextmanager
def own_database() -> Iterator[None]:
    """A migrated database of this run's own: nothing here is seen or emptied by other tests."""
    name = _own_name()
    _maintain(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    _make(name, str(connection.settings_dict["NAME"]))
    try:
        yield
    finally:
        _maintain(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _make(name: str, tests: str) -> None:
    """Copy a migrated database where this run has one: quicker than migrating again."""
    if migrated := connection.settings_dict["TEST"].get("TEMPLATE"):
        _maintain(f'CREATE DATABASE "{name}" TEMPLATE "{migrated}"')
        return
    if not tests.startswith("test_"):
        _maintain(f'CREATE DATABASE "{name}"')
        with standing_on_own():
            call_command("migrate", verbosity=0)
        return
    connection.close()
    # A copy is refused while anybody is connected to what is copied.
    _maintain("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [tests])
    _maintain(f'CREATE DATABASE "{name}" TEMPLATE "{tests}"')


@contextmanager
def standing_on_own() -> Iterator[None]:
    """While this lasts, the process reads and writes the browser's database."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = _own_name()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def _own_name() -> str:
    return f"browser_{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}"


def _maintain(statement: str, params: list[str] | None = None) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement, params)


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Gathered files, pages and sockets; stopped in the end."""
    pages, sockets, cards = _free_port(), _free_port(), _free_port()
    served = Served(f"http://127.0.0.1:{pages}", f"ws://127.0.0.1:{sockets}")
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "DATABASE_URL": _database_url(),
        "LETSEMA_STATIC": str(folder / "static"),
        "SITE_URL": served.url,
        "SOCKETS_URL": served.sockets_url,
        "STRIPE_API_BASE": f"http://127.0.0.1:{cards}",
    }
    python = sys.executable
    skip = [part for name in ("admin", "unfold", "allauth") for part in ("-i", name)]
    subprocess.run(
        [python, "manage.py", "collectstatic", "--noinput", "-v", "0", *skip],
        cwd=ROOT, env=env, check=True,
    )  # fmt: skip
    commands = [
        [python, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(pages),
         "--workers", "1", "--blocking-threads", "2", "--log-level", "warning",
         "coop.wsgi:application"],
        [python, "-m", "uvicorn", "coop.asgi:application", "--host", "127.0.0.1", "--port",
         str(sockets), "--lifespan", "off", "--log-level", "warning"],
        [python, "-m", "payments.sandbox", "--port", str(cards), "--journal",
         str(folder / "cards.sqlite3"), "--webhook-url",
         f"{served.url}{reverse('charges:webhook')}", "--webhook-secret",
         settings.STRIPE_WEBHOOK_SECRET, "--api-key", settings.STRIPE_API_KEY],
    ]  # fmt: skip
    log = (folder / "servers.log").open("wb")
    running = [
        subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log) for command in commands
    ]
    try:
        _await(served, (sockets, cards), folder / "servers.log")
        yield served
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=10)
        log.close()


def _await(served: Served, ports: tuple[int, ...], log: Path) -> None:
    until = time.monotonic() + _START_WITHIN
    while time.monotonic() < until:
        try:
            for port in ports:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
            with urllib.request.urlopen(f"{served.url}/account/login/", timeout=10):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the servers did not start: {log.read_text()[-2000:]}")
