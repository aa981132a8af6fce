"""A refusal can be said in every language: its sentence is whole, and its facts fill it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from coop.home.management.strings.extract import REFUSALS
from tests.architecture.test_house import name, sources

#: Refusals that only a builder sees, while something is put together wrongly.
BUILDERS = ("coop/kernel/", "payments/sandbox/", "coop/embedded/")


def spoken() -> Iterator[tuple[str, ast.Call]]:
    for path in sources():
        if name(path).startswith(BUILDERS):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in REFUSALS:
                yield f"{name(path)}:{node.lineno}", node


def test_no_refusal_is_glued_together() -> None:
    """A sentence with facts already in it is not in any catalogue."""
    found = dict(spoken())
    glued = [at for at, call in found.items() if isinstance(call.args[1], ast.JoinedStr)]
    assert len(found) > 100
    assert glued == []


def test_each_refusal_brings_the_facts_its_sentence_names() -> None:
    lacking = []
    for at, call in spoken():
        said = call.args[1]
        if not (isinstance(said, ast.Constant) and isinstance(said.value, str)):
            continue
        named = set(re.findall(r"%\((\w+)\)", said.value))
        brought = {word.arg for word in call.keywords}
        if None not in brought and named - brought:
            lacking.append(f"{at} {sorted(named - brought)}")
    assert lacking == []
