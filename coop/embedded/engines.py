"""Start, share and stop the embedded engines of one data folder."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from coop.embedded import orphans
from coop.embedded.bytecode import compile_new_code
from coop.embedded.postgres import EmbeddedPostgres
from coop.embedded.valkey import EmbeddedValkey, free_port

#: Commands that answer without a database; they start nothing.
WITHOUT_ENGINES = {
    "law", "count", "strings", "translations", "help",
    "check", "collectstatic", "compilemessages", "makemessages",
    "version", "--version", "--help", "-h", "openapi",
}  # fmt: skip
_ROOT = Path(__file__).resolve().parent.parent.parent
_kept: list[object] = []


class EngineFailed(RuntimeError):
    """An engine did not start; the message is one sentence for a person."""


def var_dir() -> Path:
    """Where everything that changes is kept."""
    return Path(os.environ.get("LETSEMA_VAR") or _ROOT / "var").resolve()


@dataclass
class Engines:
    """The engines this process started or joined, and the addresses everybody uses."""

    folder: Path
    fast: bool = False
    fresh: bool = False
    postgres: EmbeddedPostgres | None = field(default=None)
    valkey: EmbeddedValkey | None = field(default=None)

    def start(self) -> None:
        """Fill in DATABASE_URL and REDIS_URL, starting what is missing."""
        check_writable(self.folder)
        if not os.environ.get("DATABASE_URL"):
            self.postgres = EmbeddedPostgres(
                self.folder / "postgres", fast=self.fast, fresh=self.fresh
            )
            os.environ["DATABASE_URL"] = self._started("PostgreSQL", self.postgres)
        if not os.environ.get("REDIS_URL"):
            self.valkey = EmbeddedValkey(self.folder / "valkey")
            os.environ["REDIS_URL"] = self._started("Valkey", self.valkey)

    def _started(self, name: str, engine: EmbeddedPostgres | EmbeddedValkey) -> str:
        try:
            return engine.start()
        except Exception as error:
            raise EngineFailed(
                f"The embedded {name} did not start ({type(error).__name__}); "
                f"its log is in {engine.folder}.{_last_words(engine.folder)}"
            ) from error

    def look_after(self) -> str:
        """Start a Valkey that died again, where it was; the name of an engine that is gone."""
        if self.postgres is not None and not self.postgres.alive():
            return "PostgreSQL"
        if self.valkey is not None and not self.valkey.alive():
            self.valkey.revive()
        return ""

    def stop(self) -> None:
        """Stop what this process started, the broker before the truth."""
        for engine in (self.valkey, self.postgres):
            if engine is not None:
                engine.stop()


def check_writable(folder: Path) -> None:
    """Raises EngineFailed with a sentence when nothing can be kept there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise EngineFailed(
            f"The data folder {folder} cannot be written to ({error.strerror}); "
            "mend its permissions or name another in LETSEMA_VAR."
        ) from error


#: What this process started, for the launcher to look after.
running: list[Engines] = []


def ensure_engines(argv: list[str]) -> None:
    """Before Django starts: addresses for the engines, unless the command needs none."""
    command = argv[1] if len(argv) > 1 else "help"
    if command in WITHOUT_ENGINES or "--help" in argv:
        return
    if "production" in os.environ.get("DJANGO_SETTINGS_MODULE", ""):
        return
    engines = _for_story() if command == "story" else Engines(var_dir())
    try:
        if command == "up":
            check_writable(engines.folder)
            _kept.append(orphans.take_folder(engines.folder))
            orphans.sweep(engines.folder)
            os.environ[orphans.MARK] = str(engines.folder)
            compile_new_code(_ROOT, engines.folder / "compiled")
        with asked_to_stop_is_heard_after():
            engines.start()
            running.append(engines)
            atexit.register(engines.stop)
    except (EngineFailed, orphans.RunningElsewhere) as error:
        sys.exit(str(error))


@contextmanager
def asked_to_stop_is_heard_after() -> Iterator[None]:
    """An engine that is half started belongs to nobody, so Ctrl-C waits the second it takes."""
    asked: list[int] = []
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {each: signal.getsignal(each) for each in signals}
    for each in signals:
        if before[each] != signal.SIG_IGN:
            signal.signal(each, lambda number, _frame: asked.append(number))
    try:
        yield
    except EngineFailed:
        if not asked:
            raise
    finally:
        for each in signals:
            signal.signal(each, before[each])
    if asked:
        raise KeyboardInterrupt


def _last_words(folder: Path) -> str:
    """The last line of an engine's log that names a failure."""
    for name in ("log", "valkey.log"):
        with suppress(OSError):
            lines = (folder / name).read_text(errors="replace").splitlines()
            told = [line for line in lines if "FATAL" in line or "could not" in line]
            if told:
                return f" It says: {told[-1].strip()}"
    return ""


def _for_story() -> Engines:
    """The story has a folder, a database and a card sandbox of its own, fresh each time."""
    folder = var_dir() / "story"
    os.environ["LETSEMA_VAR"] = str(folder)
    os.environ["STRIPE_API_BASE"] = f"http://127.0.0.1:{free_port()}"
    shutil.rmtree(folder / "valkey", ignore_errors=True)
    (folder / "sandbox.jsonl").unlink(missing_ok=True)
    return Engines(folder, fresh=True)
