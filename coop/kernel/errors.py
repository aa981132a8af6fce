"""How a refusal is said: one exception with a stable code and the facts behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping


def plainly(fact: object) -> object:
    """A fact in English, as a program writes it."""
    return getattr(fact, "plain", fact)


_translate: Callable[[str], str] = str
_write: Callable[[object], object] = plainly


def say_with(translate: Callable[[str], str], write: Callable[[object], object] = plainly) -> None:
    """From now on sentences are said through `translate` and their facts written through `write`.

    The composition root gives gettext, and the habits of the reader's language.
    """
    global _translate, _write
    _translate, _write = translate, write


def spoken(sentence: str, facts: Mapping[str, object]) -> str:
    """A sentence with its facts in the language of whoever reads it now."""
    return filled(_translate(sentence) if sentence else "", facts, written)


def written(fact: object) -> object:
    """A fact as its reader writes it."""
    return _write(fact)


def filled(
    sentence: str, facts: Mapping[str, object], write: Callable[[object], object] = plainly
) -> str:
    if not facts or "%(" not in sentence:
        return sentence
    return sentence % {name: write(fact) for name, fact in facts.items()}


class RuleBroken(Exception):
    """An act was refused. `code` is stable; `message` is a sentence for a person.

    `sentence` is written in English and may name facts, as `%(hours)s`; `message` is the same in
    the language of whoever reads it now, with amounts and days as she writes them. `facts` are
    values a door may show (amounts, numbers, dates, names of rules); never secrets. `status` is the
    HTTP status a door answers with.
    """

    status = 409

    def __init__(self, code: str, sentence: str, **facts: object) -> None:
        super().__init__(filled(sentence, facts))
        self.code = code
        self.sentence = sentence
        self.facts = facts

    @property
    def message(self) -> str:
        return spoken(self.sentence, self.facts)

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


def _rebuild(
    kind: type[RuleBroken], code: str, sentence: str, facts: dict[str, object]
) -> RuleBroken:
    return kind(code, sentence, **facts)
