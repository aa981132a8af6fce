"""One installation runs once per data folder; what a killed one left behind is ended first."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from pathlib import Path
from typing import IO

import psutil

#: Every process of an installation carries this variable with its data folder.
MARK = "LETSEMA_UP"


class RunningElsewhere(RuntimeError):
    """Another launcher holds this data folder."""


def take_folder(folder: Path) -> IO[str]:
    """Hold the data folder for as long as the file returned is open and this process lives.

    A record lock is not inherited, so orphans of a killed launcher do not hold it.
    Raises RunningElsewhere.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / "up.lock").open("a+")
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise RunningElsewhere(
            f"Letsema is running already with the data in {folder}; stop it with Ctrl-C first."
        ) from error
    return lock


def sweep(folder: Path) -> int:
    """End what a killed launcher left behind; how many. PostgreSQL is rejoined, not ended."""
    left = [process for process in psutil.process_iter() if _is_ours(process, str(folder))]
    for process in left:
        with contextlib.suppress(psutil.Error):
            process.terminate()
    for process in psutil.wait_procs(left, timeout=3)[1]:
        with contextlib.suppress(psutil.Error):
            process.kill()
    return len(left)


def _is_ours(process: psutil.Process, folder: str) -> bool:
    try:
        if process.pid == os.getpid() or process.name().startswith("postgres"):
            return False
        if process.name().startswith("valkey"):
            return process.cwd() == f"{folder}/valkey" and not _has_owner(folder)
        return bool(process.environ().get(MARK) == folder)
    except (psutil.Error, OSError):
        return False


def _has_owner(folder: str) -> bool:
    """Whether who started this folder's Valkey still lives; the engine itself hides its mark."""
    try:
        said = json.loads((Path(folder) / "valkey" / "running.json").read_text())
        return psutil.pid_exists(int(said["pid"]))
    except (OSError, ValueError, KeyError):
        return False
