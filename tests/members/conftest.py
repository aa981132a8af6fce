"""Every test counts from nothing."""

from __future__ import annotations

import pytest
import redis
from django.conf import settings


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    redis.Redis.from_url(settings.CACHES["default"]["LOCATION"]).flushdb()
