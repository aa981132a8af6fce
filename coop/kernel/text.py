"""What can be kept as text, asked of everything that comes in at a door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from coop.kernel.errors import BadInput

_NULL = "\x00"


def readable(said: object) -> None:
    """Refuse a null character anywhere in what was sent. Raises BadInput `text_unreadable`."""
    if isinstance(said, str):
        if _NULL in said:
            raise BadInput(
                "text_unreadable",
                "The text has a sign in it that cannot be kept. Write it anew, without pasting.",
            )
    elif isinstance(said, Mapping):
        readable([*said.keys(), *said.values()])
    elif isinstance(said, Iterable) and not isinstance(said, bytes):
        for one in said:
            readable(one)
