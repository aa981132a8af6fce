"""Code that came since the last start is compiled on the other core while PostgreSQL wakes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PACKAGES = ("coop", "bookings", "governance", "payments")


def compile_new_code(root: Path, mark: Path) -> subprocess.Popen[bytes] | None:
    """Begin to compile when any module is newer than the mark; nothing waits for it or needs it."""
    sources = [path for name in PACKAGES for path in (root / name).rglob("*.py")]
    newest = max(path.stat().st_mtime_ns for path in sources)
    if mark.exists() and mark.read_text() == f"{newest} {len(sources)}":
        return None
    mark.write_text(f"{newest} {len(sources)}")
    folders = [str(root / name) for name in PACKAGES]
    return subprocess.Popen(
        [sys.executable, "-S", "-E", "-m", "compileall", "-q", *folders],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
