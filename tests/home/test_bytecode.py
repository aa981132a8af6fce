"""New code is compiled once, beside the start; nothing is done where nothing came."""

from __future__ import annotations

import os
from pathlib import Path

from coop.embedded.bytecode import PACKAGES, compile_new_code


def test_code_is_compiled_when_it_came_and_only_then(tmp_path: Path) -> None:
    mark = tmp_path / "compiled"
    for name in PACKAGES:
        (tmp_path / name).mkdir()
    module = tmp_path / "coop" / "new.py"
    module.write_text("ANSWER = 1\n")
    begun = compile_new_code(tmp_path, mark)
    assert begun is not None
    assert begun.wait(60) == 0
    assert [path.name.split(".")[0] for path in tmp_path.rglob("*.pyc")] == ["new"]
    assert compile_new_code(tmp_path, mark) is None
    later = module.stat().st_mtime_ns + 1_000_000_000
    os.utime(module, ns=(later, later))
    again = compile_new_code(tmp_path, mark)
    assert again is not None
    assert again.wait(60) == 0
