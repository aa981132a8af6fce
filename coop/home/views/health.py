"""Is the process alive, and can it serve?"""

from __future__ import annotations

from hmac import compare_digest

from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django_prometheus.exports import ExportToDjangoView
from redis.exceptions import RedisError

from coop.kernel import NotFound
from coop.outbox import queries as outbox


@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all; asks nothing of anybody."""
    return JsonResponse({"live": True})


@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """200 when PostgreSQL answers, else 503: without the rest pages still work.

    `worker` says whether the tick was carried out lately; null when Valkey, who knows, is away.
    """
    cache_answers = _cache()
    worker = outbox.ticks() if cache_answers else None
    found = {"database": _database(), "cache": cache_answers, "worker": worker}
    return JsonResponse(found, status=200 if found["database"] else 503)


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, for who brings METRICS_TOKEN; else, or without one, no such page."""
    said = request.headers.get("Authorization", "")
    known = settings.METRICS_TOKEN
    if not known or not compare_digest(said.encode(), f"Bearer {known}".encode()):
        raise NotFound("page_unknown", "There is no such page.")
    told: HttpResponse = ExportToDjangoView(request)
    return told


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
