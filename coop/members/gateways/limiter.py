"""How often something may happen: one atomic script in Valkey counts for every process."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Protocol, cast

import redis
from django.conf import settings
from django.utils.translation import gettext as _

from coop.kernel import RuleBroken

log = logging.getLogger(__name__)

#: Drops what left the window, then either notes this one or says how many ms until there is room.
#: Valkey runs a script alone and brings its own clock, so rivals cannot slip between.
_SCRIPT = """
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local window = tonumber(ARGV[2]) * 1000000
redis.call('ZREMRANGEBYSCORE', KEYS[1], 0, now - window)
if redis.call('ZCARD', KEYS[1]) < tonumber(ARGV[1]) then
  local n = redis.call('INCR', KEYS[1] .. ':n')
  redis.call('ZADD', KEYS[1], now, n)
  redis.call('EXPIRE', KEYS[1], ARGV[2])
  redis.call('EXPIRE', KEYS[1] .. ':n', ARGV[2])
  return 0
end
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
return math.max(1, math.ceil((first[2] + window - now) / 1000))
"""


class TooMany(RuleBroken):
    """Too often for now; `retry_after` (seconds) is among the facts."""

    status = 429


class Unsure(RuleBroken):
    """The counter cannot be asked, and this door stays shut without it."""

    status = 503


class _Server(Protocol):
    def eval(self, script: str, keys: int, *args: str) -> int: ...


@lru_cache(maxsize=4)
def _server(url: str) -> _Server:
    return cast(
        _Server,
        redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=1),
    )


def spend(key: str, *, limit: int, seconds: int, closed_when_down: bool) -> None:
    """Note one use of `key`, at most `limit` in any `seconds`. Raises TooMany `too_many`.

    Without Valkey a door with `closed_when_down` raises Unsure `limiter_down`; others stay open.
    """
    location = str(settings.CACHES["default"]["LOCATION"])
    try:
        wait = _server(location).eval(_SCRIPT, 1, f"limit:{key}", str(limit), str(seconds))
    except redis.RedisError as error:
        log.error("the limiter is down: %s", type(error).__name__)
        if closed_when_down:
            raise Unsure(
                "limiter_down", _("This is closed for a moment. Please try again in a minute.")
            ) from error
        return
    if wait:
        minutes = -(-wait // 60_000)
        raise TooMany(
            "too_many",
            _("That was too often. Please wait %(minutes)s min and try again.")
            % {"minutes": minutes},
            retry_after=-(-wait // 1000),
        )
