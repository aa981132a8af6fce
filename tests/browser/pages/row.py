"""One line of the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.browser.stage import Stage

#: What an address needs, taken from the stage.
Args = Callable[["Stage"], dict[str, Any]]


def nothing(stage: Stage) -> dict[str, Any]:
    """A page whose address needs no argument."""
    return {}


def one(kwarg: str, name: str) -> Args:
    """An address with one argument: what the stage keeps as `name`."""
    return lambda stage: {kwarg: stage.ids[name]}


@dataclass(frozen=True)
class Row:
    """A page by url name, the role who opens it, and what its address needs.

    `query` is added to the address; `status` differs from 200 only for pages that tell of a refusal, `filled`
    (buttons) from one only where buttons themselves are shown.
    """

    name: str
    role: str
    args: Args = nothing
    query: str = ""
    status: int = 200
    filled: int = 1

    def __str__(self) -> str:
        return f"{self.name}-{self.role}{'-' + self.query if self.query else ''}"
