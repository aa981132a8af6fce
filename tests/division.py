"""How the test processes divide the work: by file, the longest first."""

from __future__ import annotations

from typing import Any

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

#: What takes longest goes first, so that no process is left alone with it in the end.
DEAREST = (
    "tests/browser/", "tests/races/test_accept.py", "tests/tenancy/", "tests/home/test_demo.py",
    "tests/races/", "tests/home/", "tests/payments/",
)  # fmt: skip
#: Folders whose tests share what is dear to set up: one process has each.
SHARED = ("tests/browser/", "tests/tenancy/")


def rank(nodeid: str) -> int:
    """Less is earlier."""
    return next((n for n, dear in enumerate(DEAREST) if nodeid.startswith(dear)), len(DEAREST))


class ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """A process is given a whole file, or a shared folder; of the races one test at a time."""

    def __init__(self, config: Any, log: Any = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith("tests/races/"):
            return nodeid
        file = nodeid.partition("::")[0]
        return next((folder for folder in SHARED if file.startswith(folder)), file)
