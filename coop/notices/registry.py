"""What apps may say, and the words they understand in an SMS.

Each app declares its own in its `reactions.py`; this app is below them and knows none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from coop.kernel import BadInput
from coop.notices.types import Said, Template

Handler = Callable[[UUID, str, datetime], str]

#: Where somebody lives and how to get in never travels in a message, only behind a link.
NEVER_IN_A_MESSAGE = frozenset({"address", "lines", "notes", "lat", "lon", "place", "phone"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word one may send, what follows it, and who answers."""

    word: str
    usage: str
    handler: Handler


_templates: dict[str, Template] = {}
_words: dict[str, Word] = {}


def template(
    name: str, *, subject: str, text: str, link: str = "/inbox/", private: bool = False
) -> Template:
    """Declare what can be said under a name; `subject` and `text` are gettext_noop sources."""
    declared = Template(name, subject, text, link, private)
    if _templates.setdefault(name, declared) != declared:
        raise RuntimeError(f"The notice {name!r} is declared twice with different words.")
    return declared


def templates() -> dict[str, Template]:
    return dict(_templates)


def say(name: str, *, language: str, context: Mapping[str, str]) -> Said:
    """The words of a template in a language.

    Raises BadInput `template_unknown`, `context_missing` or `context_too_much`.
    """
    found = _templates.get(name)
    if found is None:
        raise BadInput(
            "template_unknown", "Nobody declared what the notice %(name)r says.", name=name
        )
    leaked = NEVER_IN_A_MESSAGE.intersection(context)
    if leaked:
        raise BadInput(
            "context_too_much",
            "A message never carries %(fields)s.",
            fields=", ".join(sorted(leaked)),
        )
    with translation.override(language):
        try:
            return Said(
                _(found.subject) % context, _(found.text) % context, found.link % context,
                found.private,
            )  # fmt: skip
        except KeyError as error:
            raise BadInput(
                "context_missing",
                "The notice %(name)r needs %(what)r in its context.",
                name=name,
                what=error.args[0],
            ) from error


def on_word(*words: str, usage: str = "") -> Callable[[Handler], Handler]:
    """Answer an SMS that begins with one of the words; `usage` (gettext_noop) is shown by HELP.

    The handler gets (person_id, rest of the text, at) in a transaction and returns the reply; a
    RuleBroken it raises undoes what it did, and its sentence is the reply.
    """

    def register(handler: Handler) -> Handler:
        for word in words:
            known = _words.get(plain(word))
            if known is not None and known.handler is not handler:
                raise RuntimeError(f"Two apps answer the word {word!r}.")
            _words[plain(word)] = Word(word, usage, handler)
        return handler

    return register


def word(text: str) -> Word | None:
    """The word a text begins with, when somebody answers it."""
    first = text.strip().split(maxsplit=1)[:1]
    return _words.get(plain(first[0])) if first else None


def usages() -> list[str]:
    """What one may send, each once, in the language in use."""
    return list(dict.fromkeys(_(entry.usage) for entry in _words.values() if entry.usage))


def plain(text: str) -> str:
    """Small letters without accents or marks around: "¡Sí!" is "si"."""
    flat = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in flat if letter.isalnum())
