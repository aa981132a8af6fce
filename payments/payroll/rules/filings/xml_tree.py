"""XML by a table of paths: one writer and one strict reader for order, occurrences and facets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from payments.payroll.rules.filings.layout import rows
from payments.payroll.rules.filings.refusal import FilingRefused

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_DEEPEST = 20


@dataclass(slots=True)
class Node:
    """An element: its children or its text, and the line it began on."""

    name: str
    text: str = ""
    children: list[Node] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    line: int = 0

    def add(self, name: str, text: object = "") -> Node:
        self.children.append(Node(name, str(text)))
        return self.children[-1]

    def find(self, name: str) -> list[Node]:
        return [child for child in self.children if child.name == name]

    def one(self, path: str) -> Node:
        """The only element at a path the table demands."""
        node = self
        for name in path.split("/"):
            node = node.find(name)[0]
        return node

    def read(self, name: str) -> str:
        """The text of a child, nothing when it is left out."""
        return next((child.text for child in self.find(name)), "")


def write(root: Node) -> bytes:
    """The document in UTF-8, without blanks between elements."""
    return (DECLARATION + "".join(_pieces(root))).encode("utf-8")


def _pieces(node: Node) -> Iterator[str]:
    attributes = "".join(f" {key}={quoteattr(value)}" for key, value in node.attributes.items())
    yield f"<{node.name}{attributes}>"
    for child in node.children:
        yield from _pieces(child)
    yield f"{escape(node.text)}</{node.name}>"


def parse(content: bytes) -> Node:
    """The tree of a document. Entities, comments and instructions are refused: none belongs."""
    top, stack = Node(""), []
    stack.append(top)
    parser = expat.ParserCreate("UTF-8")
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(stack) > _DEEPEST:
            raise FilingRefused("xml_deep", line=parser.CurrentLineNumber)
        node = stack[-1].add(name)
        node.attributes, node.line = attributes, parser.CurrentLineNumber
        stack.append(node)

    def end(name: str) -> None:
        stack.pop()

    def text(data: str) -> None:
        stack[-1].text += data

    def foreign(*_: object) -> None:
        raise FilingRefused("xml_foreign", line=parser.CurrentLineNumber)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = parser.CommentHandler = foreign
    parser.ProcessingInstructionHandler = foreign
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
        raise FilingRefused("xml", line=parser.CurrentLineNumber) from error
    return top.children[0]


@cache
def table(event: str) -> dict[str, list[dict[str, str]]]:
    """The rows of an event by the path they stand under, in order."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows("br_esocial"):
        if row["event"] == event:
            found.setdefault(row["path"].rpartition("/")[0], []).append(row)
    return found


def check(event: str, root: Node) -> None:
    """Refuse a tree that is not as the table of the event says."""
    top = Node("", children=[root])
    _check_under(table(event), "", top)


def _check_under(by_path: dict[str, list[dict[str, str]]], path: str, node: Node) -> None:
    waiting = list(node.children)
    for row in by_path[path]:
        name = row["path"].rpartition("/")[2]
        count = 0
        while waiting and waiting[0].name == name and count < int(row["most"]):
            child, count = waiting.pop(0), count + 1
            if row["path"] in by_path:
                if child.text:
                    raise FilingRefused("xml_text", line=child.line, field=row["path"])
                _check_under(by_path, row["path"], child)
            else:
                _check_leaf(row, child)
        if count < int(row["least"]):
            raise FilingRefused("field_missing", line=node.line, field=row["path"])
    if waiting:
        raise FilingRefused(
            "field_unknown", line=waiting[0].line, field=f"{path}/{waiting[0].name}"
        )


def _check_leaf(row: dict[str, str], node: Node) -> None:
    text = node.text
    choices = row["choices"].split(",") if row["choices"] else []
    patterns = row["patterns"].split("  ") if row["patterns"] else []
    facets = dict(part.split("=", 1) for part in row["facets"].split())
    wrong = {
        "not_a_leaf": bool(node.children or node.attributes),
        "choice": bool(choices) and text not in choices,
        "pattern": bool(patterns) and not any(re.fullmatch(p, text, re.ASCII) for p in patterns),
        "length": len(text) < int(facets.get("minLength", 0))
        or len(text) > int(facets.get("maxLength", len(text)))
        or len(text) != int(facets.get("length", len(text))),
        "value": not _fits(row["base"], text, facets),
    }
    for reason, broken in wrong.items():
        if broken:
            raise FilingRefused(reason, line=node.line, field=row["path"])


def _fits(base: str, text: str, facets: dict[str, str]) -> bool:
    """Whether a value has the form and the bounds of its type."""
    if base == "date":
        try:
            return date.fromisoformat(text).isoformat() == text
        except ValueError:
            return False
    if base == "decimal":
        if not re.fullmatch(r"\d{1,12}(\.\d{1,2})?", text, re.ASCII):
            return False
        number = Decimal(text)
        return (
            number > Decimal(facets.get("minExclusive", "-1"))
            and number >= Decimal(facets.get("minInclusive", "0"))
            and number <= Decimal(facets["maxInclusive"])
        )
    if base in ("byte", "integer"):
        return re.fullmatch(r"\d{1,9}", text, re.ASCII) is not None
    return True
