"""The house stands as it was drawn: file names, lengths, doors, clocks and floats."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = [
    ROOT / name
    for name in (
        "coop/audit", "coop/outbox", "coop/notices", "coop/members", "coop/hours", "coop/home",
        "governance", "bookings", "payments/ledger", "payments/charges", "payments/payroll",
        "payments/surplus",
    )
]  # fmt: skip
FILES = {
    "types", "rules", "policies", "events", "models", "queries", "operations", "gateways",
    "reactions", "tasks", "forms", "schemas", "access", "views", "api", "consumers", "webhooks",
    "admin", "management", "apps", "urls", "routing", "migrations", "templates", "static",
    "locale", "templatetags", "__init__",
}  # fmt: skip
#: Rooms that one app has and no other, each with its reason in house.md.
OWN = {
    "governance": {"registry", "tally"},
    "bookings": {"matching", "scheduling"},
    "coop/outbox": {"registry"},
    "coop/notices": {"registry"},
    "coop/home": {"middleware", "context"},
}
DOORS = {"views", "api", "consumers", "webhooks", "admin", "management", "tasks", "access"}
FORBIDDEN = {"utils", "helpers", "common", "services", "managers", "misc"}


def sources() -> list[Path]:
    """Every module of ours, tests and migrations left out."""
    return [
        path
        for top in ("coop", "governance", "bookings", "payments", "manage.py")
        for path in ([ROOT / top] if top.endswith(".py") else sorted((ROOT / top).rglob("*.py")))
        if "migrations" not in path.parts
    ]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_a_module_stays_under_300_lines() -> None:
    everything = sources() + sorted((ROOT / "tests").rglob("*.py"))
    long = {name(p): n for p in everything if (n := len(p.read_text().splitlines())) > 300}
    assert long == {}


def test_a_function_stays_under_40_lines() -> None:
    long = {
        f"{name(path)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path in sources()
        for node in functions(path)
        if node.end_lineno and node.end_lineno - node.lineno + 1 > 40
    }
    assert long == {}


@pytest.mark.parametrize("app", APPS, ids=name)
def test_an_app_uses_the_house_file_names_and_no_others(app: Path) -> None:
    found = {
        p.stem if p.suffix == ".py" else p.name for p in app.iterdir() if p.suffix in {"", ".py"}
    }
    found -= {"__pycache__"}
    assert found - FILES - OWN.get(name(app), set()) == set()


def test_no_room_is_called_utils() -> None:
    assert [name(p) for p in sources() if set(p.with_suffix("").parts) & FORBIDDEN] == []


def test_operations_are_private_files_one_verb_each() -> None:
    wrong = [
        name(p)
        for app in APPS
        for p in (app / "operations").glob("*.py")
        if p.name != "__init__.py" and not p.name.startswith("_")
    ]
    assert wrong == []


def test_nobody_reads_the_clock_below_the_doors() -> None:
    clocks = {"now", "today", "utcnow", "localdate", "localtime"}
    modules = {"timezone", "datetime", "date", "time"}
    found = []
    for path in sources():
        parts = set(path.relative_to(ROOT).with_suffix("").parts)
        if parts & DOORS or "sandbox" in parts or "embedded" in parts or "home" in parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in clocks
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id in modules
            ):
                found.append(f"{name(path)}:{node.lineno}")
    assert found == []


#: The only places where a float is right: distances on the earth, and seconds a machine waits.
FLOAT_ROOMS = ("embedded", "sandbox", "matching/distance.py", "home/management")


def test_no_float_comes_near_money_hours_rates_or_votes() -> None:
    found = []
    for path in sources():
        if any(room in path.as_posix() for room in FLOAT_ROOMS):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
            called = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float"
            field = isinstance(node, ast.Attribute) and node.attr == "FloatField"
            if literal or called or field:
                found.append(f"{name(path)}:{getattr(node, 'lineno', 0)}")
    assert found == []


def test_other_apps_import_only_the_doors_of_an_app() -> None:
    open_doors = {"operations", "queries", "events", "types", "registry", "access"}
    apps = {name(app).replace("/", "."): app for app in APPS}
    found = []
    for path in sources():
        here = name(path).removesuffix(".py").replace("/", ".")
        mine = next((a for a in apps if here.startswith(a + ".") or here == a), None)
        if mine is None or mine == "coop.home":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            other = next((a for a in apps if node.module.startswith(a + ".")), None)
            if other is None or other == mine:
                continue
            door = node.module.removeprefix(other + ".").split(".")[0]
            if door not in open_doors:
                found.append(f"{here}:{node.lineno} imports {node.module}")
    assert found == []


#: Inside an app imports go from the bottom row to the top one.
ROWS = [
    {"types"}, {"rules", "tally", "matching", "scheduling"}, {"policies"}, {"events"}, {"models"},
    {"queries"}, {"operations"}, {"gateways"}, {"reactions"}, {"tasks"},
    {"forms", "schemas", "access"},
    {"views", "api", "consumers", "webhooks", "admin", "management"}, {"urls", "routing"},
]  # fmt: skip
#: An operation may be given its gateway; a gateway knows only types, rules and models.
ALLOWED_UP = {("operations", "gateways"), ("queries", "gateways")}


def _row(part: str) -> int | None:
    return next((n for n, row in enumerate(ROWS) if part in row), None)


def test_inside_an_app_imports_go_from_the_bottom_row_to_the_top() -> None:
    apps = {name(app).replace("/", "."): app for app in APPS}
    found = []
    for path in sources():
        here = name(path).removesuffix(".py").replace("/", ".")
        mine = next((a for a in apps if here.startswith(a + ".")), None)
        if mine is None:
            continue
        part = here.removeprefix(mine + ".").split(".")[0]
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith(
                mine + "."
            ):
                continue
            other = (node.module or "").removeprefix(mine + ".").split(".")[0]
            low, high = _row(part), _row(other)
            if (
                low is not None
                and high is not None
                and high > low
                and (part, other) not in ALLOWED_UP
            ):
                found.append(f"{here}:{node.lineno} imports {node.module}")
    assert found == []


def test_migrations_import_nothing_of_ours() -> None:
    ours = ("coop", "governance", "bookings", "payments")
    found = []
    for path in ROOT.rglob("migrations/*.py"):
        if ".venv" in path.parts or "var" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else []
            )
            found += [f"{name(path)}: {n}" for n in names if n.split(".")[0] in ours]
    assert found == []


@pytest.mark.parametrize("lock", ["requirements.lock.txt", "requirements-dev.lock.txt"])
def test_a_lock_names_no_host(lock: str) -> None:
    lines = (ROOT / lock).read_text().splitlines()
    assert [
        x for x in lines if "://" in x or "index-url" in x or "find-links" in x or "@ " in x
    ] == []
    pinned = [x for x in lines if x and not x.startswith((" ", "#"))]
    assert len(pinned) > 50
    assert all("==" in x for x in pinned)
    assert sum("--hash=sha256:" in x for x in lines) >= len(pinned)
