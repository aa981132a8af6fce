"""How a refusal is said: one exception with a stable code and the facts behind it."""

from __future__ import annotations

from collections.abc import Callable

_translate: Callable[[str], str] = str


def say_with(translate: Callable[[str], str]) -> None:
    """From now on every refusal is said through `translate`; the composition root gives gettext."""
    global _translate
    _translate = translate


class RuleBroken(Exception):
    """An act was refused. `code` is stable; `message` is a sentence for a person.

    `sentence` is written in English and may name facts, as `%(hours)s`; `message` is the same in
    the language of whoever reads it now. `facts` are plain values a door may show (numbers, dates,
    names of rules); never secrets. `status` is the HTTP status a door answers with.
    """

    status = 409

    def __init__(self, code: str, sentence: str, **facts: object) -> None:
        super().__init__(_filled(sentence, facts))
        self.code = code
        self.sentence = sentence
        self.facts = facts

    @property
    def message(self) -> str:
        return _filled(_translate(self.sentence), self.facts)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.code!r}, {str(self)!r})"

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.code, self.sentence, self.facts))


class BadInput(RuleBroken):
    """What was sent cannot be read: wrong form, unknown choice, out of range."""

    status = 400


class NotFound(RuleBroken):
    """It does not exist, or the asker may not know that it does: the answer is the same."""

    status = 404


class NotAllowed(RuleBroken):
    """The asker is known and what she asked for is known to her, but this is not hers to do."""

    status = 403


def _filled(sentence: str, facts: dict[str, object]) -> str:
    return sentence % facts if "%(" in sentence else sentence


def _rebuild(
    kind: type[RuleBroken], code: str, sentence: str, facts: dict[str, object]
) -> RuleBroken:
    return kind(code, sentence, **facts)
