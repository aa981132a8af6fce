"""Run the whole cooperative on this machine: engines, pages, sockets, worker, beat."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from honcho.manager import Manager
from honcho.printer import Printer

from coop.embedded import after, running
from coop.embedded.translations import compile_translations


class Command(BaseCommand):
    help = "Run everything on this machine; Ctrl-C stops it in order."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--empty", action="store_true", help="no demonstration cooperative")
        parser.add_argument("--verbose", action="store_true", help="show what each process says")

    def handle(self, *args: Any, **options: Any) -> None:
        self.began = time.monotonic()
        _stop_on_farewell()
        port = _port()
        _check_ports(port)
        self._prepare(empty=options["empty"])
        printer = _Quiet(sys.stdout, options["verbose"])
        manager = Manager(printer)
        first, *others = _processes(port).items()
        manager.add_process(first[0], shlex.join(first[1]))
        for name, command in others:
            manager.add_process(name, shlex.join([*_after_pages(port), *command]))
        threading.Thread(target=self._herald, args=(port,), daemon=True).start()
        threading.Thread(target=_look_after, args=(printer,), daemon=True).start()
        manager.loop()
        self._say("Everything has stopped; the data stays in " + str(settings.VAR_DIR) + ".")
        if printer.engine or manager.returncode not in (0, 130, 143):
            gone = printer.engine or printer.ended or "A part"
            raise CommandError(
                f"{gone} stopped by itself, so all the rest was stopped in"
                " order; nothing is lost. Start again, or look closer with --verbose."
            )

    def _prepare(self, *, empty: bool) -> None:
        self._say("PostgreSQL and Valkey answer" if _reachable() else "")
        if _migrations_wait():
            call_command("migrate", verbosity=0, interactive=False)
        self._say("The tables are up to date")
        compile_translations(settings.LOCALE_PATHS)
        if _static_changed():
            call_command("collectstatic", verbosity=0, interactive=False)
            self._say("Styles and scripts are gathered")
        if not empty and settings.LETSEMA_DEMO:
            call_command("demo", stdout=self.stdout)
        connection.close()

    def _herald(self, port: int) -> None:
        """Say the address once the first page answers."""
        address = f"http://localhost:{port}/"
        while time.monotonic() - self.began < 120:
            try:
                with urllib.request.urlopen(address, timeout=2):
                    break
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        self._say(f"Open {address} (ready after {time.monotonic() - self.began:.1f} s)")
        for line in _who():
            self.stdout.write("    " + line)
        self.stdout.write("    Text messages appear at " + address + "phone/")
        self.stdout.write("    Ctrl-C stops everything.")
        self.stdout.flush()

    def _say(self, sentence: str) -> None:
        if sentence:
            self.stdout.write(f"  {sentence}.".replace("..", "."))
            self.stdout.flush()


class _Quiet(Printer):  # type: ignore[misc]
    """The launcher's own voice is enough, unless something says more than a status line."""

    def __init__(self, output: Any, verbose: bool) -> None:
        super().__init__(output)
        self.verbose = verbose
        self.ended = ""
        self.engine = ""

    def write(self, message: Any) -> None:
        data = message.data
        text = data.decode(errors="replace") if isinstance(data, bytes) else str(data)
        if "stopped (rc=" in text and not self.ended:
            self.ended = text.split()[0]
        if self.verbose or any(word in text for word in ("ERROR", "Error", "Traceback")):
            super().write(message)


def _look_after(printer: _Quiet) -> None:
    """Each second: a Valkey that died is started again; without PostgreSQL everything stops."""
    while not printer.engine:
        time.sleep(1)
        for engines in running:
            printer.engine = engines.look_after()
    os.kill(os.getpid(), signal.SIGTERM)


def _stop_on_farewell() -> None:
    """Being ended, or a closed terminal, stops it as Ctrl-C does; the launcher takes over."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # ignored: started with nohup
        signal.signal(signal.SIGHUP, lambda _number, _frame: os.kill(os.getpid(), signal.SIGTERM))


def _port() -> int:
    said = os.environ.get("PORT") or "8000"
    if not said.isdecimal() or not 1 <= int(said) <= 65_533:
        raise CommandError(f"PORT={said} is no port; choose one from 1 to 65533, as PORT=9000.")
    return int(said)


def _check_ports(port: int) -> None:
    for offset, name in enumerate(("pages", "live updates", "the card sandbox")):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port + offset))
            except OSError as error:
                raise CommandError(
                    f"Port {port + offset} (for {name}) is in use; try PORT=9000 make run"
                ) from error


def _reachable() -> bool:
    try:
        connection.ensure_connection()
    except OperationalError as error:
        where = os.environ["DATABASE_URL"].rsplit("@", 1)[-1]
        raise CommandError(
            f"The database at {where} does not answer; check DATABASE_URL."
        ) from error
    from django.core.cache import cache

    try:
        cache.get("up")
    except Exception as error:
        where = settings.REDIS_URL.rsplit("@", 1)[-1]
        raise CommandError(f"Redis at {where} does not answer; check REDIS_URL.") from error
    return True


def _migrations_wait() -> bool:
    """Whether the tables are behind; asking is quicker than migrating nothing."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _after_pages(port: int) -> list[str]:
    """What stands before the command of each part that lets the pages start first."""
    waiter = str(Path(after.__file__))
    return [sys.executable, "-S", "-E", waiter, f"http://127.0.0.1:{port}/"]


def _static_changed() -> bool:
    """Whether any source of styles and scripts is newer than what was gathered last."""
    mark = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not mark.exists():
        return True
    last = mark.stat().st_mtime
    sources = [Path(folder) for folder in settings.STATICFILES_DIRS]
    lock = Path(settings.BASE_DIR) / "requirements.lock.txt"
    files = [path for folder in sources for path in folder.rglob("*")] + [lock]
    return any(path.stat().st_mtime > last for path in files)


def _processes(port: int) -> dict[str, list[str]]:
    python = sys.executable
    var = str(settings.VAR_DIR)
    processes = {
        "pages": [
            python, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port",
            str(port), "--workers", "1", "--blocking-threads", "4", "--log-level", "warning",
            "coop.wsgi:application",
        ],
        "sockets": [
            python, "-m", "uvicorn", "coop.asgi:application", "--host", "127.0.0.1", "--port",
            str(port + 1), "--lifespan", "off", "--log-level", "warning",
        ],
        "worker": [
            python, "-m", "celery", "-A", "coop.celery", "worker", "--pool", "threads",
            "--concurrency", "4", "--loglevel", "warning", "--without-gossip", "--without-mingle",
        ],
        "beat": [
            python, "-m", "celery", "-A", "coop.celery", "beat", "--loglevel", "warning",
            "--schedule", f"{var}/celerybeat-schedule", "--pidfile", "",
        ],
    }  # fmt: skip
    if settings.STRIPE_API_BASE:
        processes["cards"] = [
            python, "-m", "payments.sandbox", "--port", str(port + 2),
            "--journal", f"{var}/sandbox.jsonl",
            "--webhook-url", f"http://127.0.0.1:{port}/money/charges/webhooks/stripe/",
            "--webhook-secret", settings.STRIPE_WEBHOOK_SECRET,
            "--api-key", settings.STRIPE_API_KEY,
        ]  # fmt: skip
    return processes


def _who() -> list[str]:
    """Who one can sign in as, under the name of each cooperative."""
    from coop.home.queries import demonstration_people

    lines, home = [], ""
    for person in demonstration_people():
        if person.cooperative != home:
            home = person.cooperative
            lines.append(home)
        lines.append(f"  {person.role:<18} {person.name}")
    return lines
