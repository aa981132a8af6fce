"""How a refusal is said."""

from __future__ import annotations

import pickle

import pytest
from django.utils import translation
from django.utils.translation import gettext

from coop.home.templatetags.letsema import write
from coop.kernel import NotFound, RuleBroken
from coop.kernel.errors import say_with


def test_facts_fill_the_sentence() -> None:
    refused = RuleBroken("too_long", "%(hours)s hours are too long.", hours=46)
    assert refused.message == "46 hours are too long."
    assert str(refused) == refused.message
    assert refused.facts == {"hours": 46}


def test_a_sentence_with_a_percent_sign_and_no_facts_stays_as_it_is() -> None:
    assert RuleBroken("share", "More than 50 % is kept.", share="50").message.startswith("More")


def test_it_is_said_in_the_language_of_whoever_reads_it() -> None:
    refused = RuleBroken("x", "%(n)s are left.", n=2)
    say_with({"%(n)s are left.": "Quedan %(n)s."}.__getitem__)
    try:
        assert refused.message == "Quedan 2."
        assert str(refused) == "2 are left."  # the log keeps one language
    finally:
        say_with(gettext, write)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "There is no such page."), ("es", "No existe esa página.")],
)
def test_the_house_says_refusals_by_its_catalogues(language: str, said: str) -> None:
    with translation.override(language):
        assert NotFound("page_unknown", "There is no such page.").message == said


def test_it_survives_being_sent_to_another_process() -> None:
    refused = RuleBroken("x", "%(n)s are left.", n=2)
    again = pickle.loads(pickle.dumps(refused))
    assert (again.code, again.message, again.facts) == ("x", "2 are left.", {"n": 2})
