"""Starting: what is missing or in the way is said in one sentence, with an exit code that is not 0."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from coop.embedded import orphans

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "coop.settings.production",
    "SECRET_KEY": "".join(f"{n:02x}" for n in range(60)) + "Zz!",
    "FIELD_KEY": "dGVzdC1vbmx5LW5vdC1hLXNlY3JldC0wMDAwMDAwMDA=",
    "DATABASE_URL": "postgresql://a:b@127.0.0.1:9/letsema",
    "REDIS_URL": "redis://127.0.0.1:9",
    "ALLOWED_HOSTS": "coop.example.org",
    "SITE_URL": "https://coop.example.org",
    "SOCKETS_URL": "wss://coop.example.org",
    "STRIPE_API_KEY": "sk_live_x",
    "STRIPE_WEBHOOK_SECRET": "whsec_x",
    "SMS_URL": "https://sms.example.org",
    "SMS_TOKEN": "x",
    "DEFAULT_FROM_EMAIL": "letsema@example.org",
}


def manage(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT, env=clean | environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def one_sentence(said: subprocess.CompletedProcess[str]) -> str:
    assert said.returncode != 0
    lines = [line for line in said.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, said.stderr
    return lines[0]


@pytest.mark.parametrize("name", [n for n in PRODUCTION if n != "DJANGO_SETTINGS_MODULE"])
def test_production_refuses_to_start_without(name: str) -> None:
    said = manage("check", **{k: v for k, v in PRODUCTION.items() if k != name})
    assert name in one_sentence(said)


def test_production_refuses_the_card_sandbox() -> None:
    said = manage("check", **PRODUCTION, STRIPE_API_BASE="http://127.0.0.1:8002")
    assert "sandbox" in one_sentence(said)


def test_production_passes_the_deployment_checks() -> None:
    said = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert said.returncode == 0, said.stderr
    assert "no issues" in said.stdout


def test_a_busy_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        engines = {"DATABASE_URL": os.environ["DATABASE_URL"], "REDIS_URL": os.environ["REDIS_URL"]}
        said = manage("up", PORT=port, LETSEMA_VAR=str(tmp_path), **engines)
    assert f"Port {port}" in one_sentence(said)


def test_a_data_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = manage("up", LETSEMA_VAR=str(tmp_path / "file" / "var"))
    assert "cannot be written to" in one_sentence(said)


def test_an_unreachable_database_is_one_sentence(tmp_path: Path) -> None:
    said = manage(
        "up", LETSEMA_VAR=str(tmp_path), PORT="48117", REDIS_URL=os.environ["REDIS_URL"],
        DATABASE_URL="postgresql://nobody@127.0.0.1:9/nothing",
    )  # fmt: skip
    assert "does not answer" in one_sentence(said)


def test_an_old_python_is_one_sentence() -> None:
    script = "import sys; sys.version_info = (3, 9); sys.argv = ['x', 'a', 'b']; "
    script += "exec(open('coop/embedded/install.py').read().replace('pathlib.Path(__file__)', 'pathlib.Path(\"coop/embedded/x\")'))"
    said = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "needs Python 3.11" in one_sentence(said)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("PORT", "70000"),
        ("DATABASE_URL", "mysql://a@b/c"),
        ("DATABASE_URL", "postgresql://a@b:port/c"),
    ],
)
def test_what_cannot_be_read_is_named_in_one_sentence(
    tmp_path: Path, name: str, value: str
) -> None:
    said = manage(
        "up",
        **{
            "LETSEMA_VAR": str(tmp_path), "REDIS_URL": "redis://127.0.0.1:9",
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/nothing", name: value,
        },
    )  # fmt: skip
    assert name in one_sentence(said)


ORPHAN = """
import sys, time, pathlib
from coop.embedded.valkey import EmbeddedValkey
engine = EmbeddedValkey(pathlib.Path(sys.argv[1]) / "valkey")
print(engine.start(), flush=True)
time.sleep(60)
"""


def test_a_valkey_left_by_a_killed_launcher_is_ended_and_one_in_use_is_not(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ORPHAN, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as launcher:
        assert launcher.stdout is not None
        port = int(launcher.stdout.readline().rsplit(":", 1)[1])
        assert orphans.sweep(tmp_path) == 0
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
        launcher.kill()
    assert orphans.sweep(tmp_path) == 1
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=2)
