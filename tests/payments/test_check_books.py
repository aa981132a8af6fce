"""`check_books` goes through I1 to I12 and names the row that was damaged past every guard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from coop.home.management.commands.check_books import PROMISES
from tests.payments.damages import DAMAGES
from tests.payments.whole_town import WholeTown, build, damage, sandbox_of_its_own, undone

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def town(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WholeTown]:
    """One town for the module; each damage is done to it and rolled back."""
    folder = tmp_path_factory.mktemp("whole")
    with (
        django_db_blocker.unblock(),
        sandbox_of_its_own(folder) as (running, box),
        transaction.atomic(),
    ):
        yield build(running, box)
        transaction.set_rollback(True)


def checked(**options: Any) -> tuple[int, dict[str, Any]]:
    out, code = StringIO(), 0
    try:
        call_command("check_books", json=True, since=None, stdout=out, **options)
    except SystemExit as stop:
        code = int(str(stop.code))
    return code, json.loads(out.getvalue())


def said(**options: Any) -> str:
    out = StringIO()
    try:
        call_command("check_books", stdout=out, **options)
    except SystemExit:
        out.write("(exit 1)")
    return out.getvalue()


def test_a_whole_town_holds_against_the_provider_too(town: WholeTown) -> None:
    code, answer = checked(provider=True)
    assert (code, answer["holds"], answer["breaches"]) == (0, True, [])


def test_no_promise_is_asked_of_nothing(town: WholeTown) -> None:
    """Each says how many rows it looked at, and none of them is an empty question."""
    _, answer = checked(provider=True)
    assert list(answer["looked_at"]) == list(PROMISES) == [f"I{n}" for n in range(1, 13)]
    empty = {
        name: counted
        for name, counted in answer["looked_at"].items()
        if any(part.strip().startswith("0 ") for part in counted.split(", "))
    }
    assert empty == {"I6": answer["looked_at"]["I6"]}
    assert "0 series requests" in answer["looked_at"]["I6"]
    lines = said().splitlines()
    assert lines[4].startswith("I5: 1 visits ahead with a worker, 3 offers: holds (no worker is in")
    assert lines[11].startswith("I12: 1 address reads: holds")
    assert lines[-1] == "All holds in 1 cooperative."


@pytest.mark.parametrize("case", DAMAGES, ids=[f"{c.invariant} {c.name}" for c in DAMAGES])
def test_damage_is_found_and_named(town: WholeTown, case: Any) -> None:
    with undone():
        row = damage(*case.statements)
        code, answer = checked(provider=case.provider)
        found = {(b["invariant"], case.words in b["what"], b["id"]) for b in answer["breaches"]}
        assert code == 1
        assert (case.invariant, True, row) in found, answer["breaches"]


def test_the_row_is_named_in_words_and_is_whole_again_when_mended(town: WholeTown) -> None:
    with undone():
        row = damage(*DAMAGES[0].statements)
        answer = said()
        assert f"I1 is broken: an entry is off by 0.01 ZAR ({row})" in answer
        assert "All holds" not in answer
        assert answer.endswith("(exit 1)")
    assert said().endswith("All holds in 1 cooperative.\n")


def test_the_journal_is_read_from_a_day_on_and_no_day_is_refused(town: WholeTown) -> None:
    def at_the_provider(since: str) -> str:
        out = StringIO()
        call_command("check_books", "--provider", "--since", since, stdout=out)
        return out.getvalue().splitlines()[6]

    ahead = (datetime.now(UTC) + timedelta(days=10)).date().isoformat()
    assert at_the_provider(ahead).startswith("I7: 6 intents, 0 effects at the provider: holds")
    # Two holds, a capture and a refund, looked at by their cooperative and by everybody.
    assert at_the_provider("2026-03-01").startswith("I7: 6 intents, 8 effects at the provider")
    with pytest.raises(CommandError, match="write a day as 2026-03-01, or 'founding'"):
        call_command("check_books", "--provider", "--since", "March")


def test_a_silent_provider_is_said_in_one_sentence(town: WholeTown, settings: Any) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    with pytest.raises(CommandError, match="The card provider does not answer"):
        call_command("check_books", provider=True)


def test_every_promise_has_a_damage_that_is_found() -> None:
    assert {case.invariant for case in DAMAGES} == set(PROMISES)
