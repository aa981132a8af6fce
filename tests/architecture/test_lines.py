"""The why of a line can be said in every language: a sentence that names its facts, never glued."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from coop.home.management.strings.extract import SAYINGS, sayings
from tests.architecture.test_house import name, sources

#: Words of a call under which a line's why is handed on.
WHYS = {"rule", "why", "tax_reason"}


def glued(tree: ast.AST) -> Iterator[int]:
    """The places where figures are put into a sentence before it is kept."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            said = [word.value for word in node.keywords if word.arg in WHYS]
            if getattr(node.func, "id", "") in {*SAYINGS, "Said"}:
                said += node.args[:1]
            yield from (node.lineno for part in said if _is_glue(part))
        if isinstance(node, ast.Assign) and _is_glue(node.value):
            named = {t.id for t in node.targets if isinstance(t, ast.Name)}
            if named & {"rule", "why"}:
                yield node.lineno


def _is_glue(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Mod) or _is_text(node.left) or _is_text(node.right)
    joins = isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"join", "format"}
    return isinstance(node, ast.JoinedStr) or joins


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


#: What only an operator reads, in English, at the keyboard; and the words of whole templates.
ELSEWHERE = ("coop/law/management/", "coop/notices/registry")


def test_no_line_is_glued_together() -> None:
    found = [
        f"{name(path)}:{line}"
        for path in sources()
        if not name(path).startswith(ELSEWHERE)
        for line in glued(ast.parse(path.read_text()))
    ]
    assert found == []


def test_glue_of_every_kind_is_seen() -> None:
    for code in (
        'Line(rule=f"{hours} h")',
        'Line(rule="a" + hours)',
        'Line(why="%s m" % way)',
        'Line(rule="; ".join(rules))',
        'saying(f"{hours} h")',
        'Said("{} h".format(hours))',
        'rule = f"{hours} h"',
    ):
        assert list(glued(ast.parse(code))) == [1], code
    assert list(glued(ast.parse('Line(rule=saying("%(hours)s h", hours=hours))'))) == []


def test_each_sentence_brings_exactly_the_facts_it_names() -> None:
    wrong, seen = [], 0
    for path in sources():
        tree = ast.parse(path.read_text())
        seen += len(list(sayings(tree)))
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "saying"):
                continue
            said, brought = node.args[0], {word.arg for word in node.keywords}
            if isinstance(said, ast.Constant) and None not in brought:
                named = set(re.findall(r"%\((\w+)\)", str(said.value)))
                if named != brought:
                    wrong.append(f"{name(path)}:{node.lineno} {sorted(named ^ brought, key=str)}")
    assert seen > 80
    assert wrong == []
