"""Is the process alive, and can it serve?"""

from __future__ import annotations

from django.core.cache import cache
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from redis.exceptions import RedisError


@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all; asks nothing of anybody."""
    return JsonResponse({"live": True})


@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """200 when PostgreSQL answers, else 503. Valkey is reported; without it pages still work."""
    found = {"database": _database(), "cache": _cache()}
    return JsonResponse(found, status=200 if found["database"] else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except OperationalError:
        return False


def _cache() -> bool:
    try:
        cache.get("letsema-health")
    except (RedisError, OSError):
        return False
    return True
