"""How a refusal is said: one exception with a stable code and the facts behind it."""

from __future__ import annotations


class RuleBroken(Exception):
    """An act was refused. `code` is stable; `message` is a sentence for a person.

    `facts` are plain values a door may show (numbers, dates, names of rules); never secrets.
    `status` is the HTTP status a door answers with.
    """

    status = 409

    def __init__(self, code: str, message: str, **facts: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.facts = facts

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.code!r}, {self.message!r})"

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.code, self.message, self.facts))


class BadInput(RuleBroken):
    """What was sent cannot be read: wrong form, unknown choice, out of range."""

    status = 400


class NotFound(RuleBroken):
    """It does not exist, or the asker may not know that it does: the answer is the same."""

    status = 404


class NotAllowed(RuleBroken):
    """The asker is known and what she asked for is known to her, but this is not hers to do."""

    status = 403


def _rebuild(
    kind: type[RuleBroken], code: str, message: str, facts: dict[str, object]
) -> RuleBroken:
    return kind(code, message, **facts)
