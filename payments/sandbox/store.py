"""The sandbox's own memory: one SQLite file, one writer, every request one transaction.

The file is the sandbox's journal. It is never the application's database: books are compared
with it (I2), so it must be able to disagree.
"""

from __future__ import annotations

import fcntl
import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from payments.sandbox.errors import Json

_TABLES = """
CREATE TABLE IF NOT EXISTS objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    created INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS objects_by_kind ON objects (kind, seq);
CREATE INDEX IF NOT EXISTS objects_by_age ON objects (kind, created);
CREATE TABLE IF NOT EXISTS idempotency (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, status INTEGER NOT NULL,
    body TEXT NOT NULL, created INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS effects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL,
    object_id TEXT NOT NULL, payment_intent TEXT NOT NULL, amount INTEGER NOT NULL,
    currency TEXT NOT NULL, metadata TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, state TEXT NOT NULL,
    place INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL DEFAULT 0,
    last_status INTEGER);
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (state, due, place);
CREATE TABLE IF NOT EXISTS faults (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, method TEXT NOT NULL, path TEXT NOT NULL,
    kind TEXT NOT NULL, remaining INTEGER NOT NULL, milliseconds INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


class Store:
    """Opened by one process at a time; a second one is refused by a lock on `<path>.lock`."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._guard = (path.parent / (path.name + ".lock")).open("w")
        try:
            fcntl.flock(self._guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise SystemExit(f"Another sandbox already keeps the journal {path}.") from error
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")  # survives kill -9; only power loss is not
        self._db.executescript(_TABLES)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def run(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def put(self, kind: str, body: Json) -> None:
        self.run(
            "INSERT INTO objects (id, kind, created, body) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            body["id"], kind, body["created"], json.dumps(body),
        )  # fmt: skip

    def get(self, kind: str, object_id: str) -> Json | None:
        rows = self.run("SELECT body FROM objects WHERE id = ? AND kind = ?", object_id, kind)
        return _object(rows[0]["body"]) if rows else None

    def newest(self, kind: str) -> list[Json]:
        rows = self.run("SELECT body FROM objects WHERE kind = ? ORDER BY seq DESC", kind)
        return [_object(row["body"]) for row in rows]

    def setting(self, name: str, default: Json) -> Json:
        rows = self.run("SELECT value FROM settings WHERE name = ?", name)
        return _object(rows[0]["value"]) if rows else default

    def set(self, name: str, value: Json) -> None:
        self.run("INSERT OR REPLACE INTO settings VALUES (?, ?)", name, json.dumps(value))

    def close(self) -> None:
        with self._lock:
            self._db.close()
        self._guard.close()


def _object(text: str) -> Json:
    value: Json = json.loads(text)
    return value
