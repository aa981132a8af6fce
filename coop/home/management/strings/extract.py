"""Read the strings marked for translation out of modules and templates."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

#: The marks, with the positions of singular, plural and context as xgettext counts them.
MARKS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_n": None,
    "now_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
#: A refusal is said in the reader's language where it is shown (`coop.kernel.errors`), so its
#: sentence is marked by being one.
REFUSALS = {"RuleBroken", "BadInput", "NotAllowed", "NotFound"}
TOPS = ("coop", "governance", "bookings", "payments")
#: context (or None), singular, plural (or None)
Key = tuple[str | None, str, str | None]


def every_string(root: Path) -> dict[Key, list[tuple[str, int]]]:
    """All marked strings with the places they stand in, relative to `root`."""
    found: dict[Key, list[tuple[str, int]]] = {}
    for top in TOPS:
        for path in sorted((root / top).rglob("*")):
            if path.suffix not in {".py", ".html", ".txt"} or "migrations" in path.parts:
                continue
            for line, key in _strings(path):
                found.setdefault(key, []).append((str(path.relative_to(root)), line))
    return found


def _strings(path: Path) -> list[tuple[int, Key]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        marked = templatize(text, origin=str(path))
        text = "\n".join(line.lstrip() for line in marked.splitlines())
    strings: list[tuple[int, Key]] = []
    for line, said, _comments, context in extract(
        "python", BytesIO(text.encode()), keywords=MARKS, options={"encoding": "utf-8"}
    ):
        one, many = (said[0], said[1]) if isinstance(said, tuple) else (said, None)
        if one:
            strings.append((line, (context, one, many)))
    if path.suffix == ".py":
        strings += [(line, (None, said, None)) for line, said in refusals(ast.parse(text))]
    return strings


def refusals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The sentence of each refusal of a module: written in place, or a constant of the module."""
    constants = {
        node.targets[0].id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or len(node.args) < 2:
            continue
        func = node.func
        named = isinstance(func, ast.Name) and func.id in REFUSALS
        if named or (isinstance(func, ast.Attribute) and ast.unparse(func) == "super().__init__"):
            said = node.args[1]
            if isinstance(said, ast.Constant) and isinstance(said.value, str):
                yield node.lineno, said.value
            elif isinstance(said, ast.Name) and said.id in constants:
                yield node.lineno, constants[said.id]
