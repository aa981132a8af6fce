"""Read the strings marked for translation out of modules and templates."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
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
#: What a pack of the law says in words, which pages show in the reader's language. A source that
#: nobody can open by an address is described in words of ours; the others keep their titles.
WORDS_OF_LAW = frozenset({"rule", "of"})
#: A refusal is said in the reader's language where it is shown (`coop.kernel.errors`), so its
#: sentence is marked by being one.
REFUSALS = {"RuleBroken", "BadInput", "NotAllowed", "NotFound"}
#: Sentences kept with their facts, and names of ours that are stored (`coop.kernel.said`).
SAYINGS = {"saying", "ours"}
TOPS = ("coop", "governance", "bookings", "payments")
#: context (or None), singular, plural (or None)
Key = tuple[str | None, str, str | None]


def every_string(root: Path) -> dict[Key, list[tuple[str, int]]]:
    """All marked strings with the places they stand in, relative to `root`."""
    found: dict[Key, list[tuple[str, int]]] = {}
    for top in TOPS:
        for path in sorted((root / top).rglob("*")):
            if path.parent.name == "packs" and path.suffix == ".yaml":
                for text in sorted(words_of_law(yaml.safe_load(path.read_text("utf-8")))):
                    found.setdefault((None, text, None), []).append(
                        (str(path.relative_to(root)), 0)
                    )
            if path.suffix not in {".py", ".html", ".txt"} or "migrations" in path.parts:
                continue
            for line, key in _strings(path):
                found.setdefault(key, []).append((str(path.relative_to(root)), line))
    return found


def words_of_law(pack: Any) -> set[str]:
    """The sentences of a pack: its rules, what a base is a share of, and surplus and wages."""
    found = set(_words(pack, WORDS_OF_LAW))
    for part in ("surplus", "minimum_wages"):
        found |= set(_words(pack.get(part) or {}, frozenset({"law"})))
    sources = (pack.get("sources") or {}).values()
    return found | {source["title"] for source in sources if not source.get("url")}


def _words(node: Any, keys: frozenset[str]) -> Iterator[str]:
    if isinstance(node, list):
        for part in node:
            yield from _words(part, keys)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key in keys and isinstance(value, str):
                yield value
            else:
                yield from _words(value, keys)


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
        tree = ast.parse(text)
        strings += [(line, (None, said, None)) for line, said in refusals(tree)]
        strings += [(line, (None, said, None)) for line, said in sayings(tree)]
    return strings


def sayings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The sentences and names of a module that are stored in English and said where they show."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAYINGS and node.args:
            said = node.args[0]
            if isinstance(said, ast.Constant) and isinstance(said.value, str) and said.value:
                yield node.lineno, said.value


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
