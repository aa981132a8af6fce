"""The limiter lets exactly its limit through, however many knock at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from pytest_django import Settings

from coop.members.gateways import limiter
from coop.members.gateways.limiter import TooMany, Unsure, spend


def knock(_: int) -> bool:
    try:
        spend("test", limit=10, seconds=60, closed_when_down=True)
    except TooMany:
        return False
    return True


def test_320_knocks_at_once_let_exactly_ten_through() -> None:
    with ThreadPoolExecutor(32) as pool:
        assert sum(pool.map(knock, range(320))) == 10


def test_counter_test_a_counter_that_reads_then_writes_lets_more_through() -> None:
    """Why it is a script: the same count by get and set loses updates."""

    def naive(_: int) -> bool:
        seen = cache.get("naive", 0)
        if seen >= 10:
            return False
        cache.set("naive", seen + 1, 60)
        return True

    with ThreadPoolExecutor(32) as pool:
        assert sum(pool.map(naive, range(320))) > 10


def test_a_full_window_says_how_long_to_wait_and_opens_again() -> None:
    spend("short", limit=1, seconds=1, closed_when_down=True)
    with pytest.raises(TooMany) as refusal:
        spend("short", limit=1, seconds=1, closed_when_down=True)
    assert refusal.value.facts["retry_after"] == 1
    import time

    time.sleep(1.1)
    spend("short", limit=1, seconds=1, closed_when_down=True)


def test_keys_do_not_share_their_count() -> None:
    for person in range(5):
        spend(f"p{person}", limit=1, seconds=60, closed_when_down=True)


def test_without_valkey_sign_in_is_closed_and_the_rest_open(settings: Settings) -> None:
    settings.CACHES = {"default": {"LOCATION": "redis://127.0.0.1:1/0"}}
    limiter._server.cache_clear()
    with pytest.raises(Unsure):
        spend("x", limit=1, seconds=60, closed_when_down=True)
    for _ in range(3):
        spend("x", limit=1, seconds=60, closed_when_down=False)
