"""Loaded before Django: the suite's own PostgreSQL cluster and Valkey, in var/test, and languages.

Only the first process starts them; parallel workers inherit the addresses.
"""

from __future__ import annotations

import os
from pathlib import Path

from coop.embedded import Engines
from coop.embedded.translations import compile_translations

_ROOT = Path(__file__).resolve().parent.parent
_mine: Engines | None = None

if not os.environ.get("LETSEMA_TEST_ENGINES"):
    os.environ["LETSEMA_TEST_ENGINES"] = "1"
    os.environ["LETSEMA_VAR"] = os.environ.get("LETSEMA_TEST_VAR") or str(_ROOT / "var" / "test")
    _mine = Engines(Path(os.environ["LETSEMA_VAR"]), fast=True)
    _mine.start()
    if _mine.postgres is not None:
        os.environ["LETSEMA_TEST_CLUSTER"] = "1"
    compile_translations([_ROOT / "coop" / "locale"])


def pytest_unconfigure() -> None:
    """The last one out turns off the engines."""
    if _mine is not None:
        _mine.stop()
