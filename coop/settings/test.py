"""The test run: the same engines on their own data folder; nothing leaves the machine."""

from __future__ import annotations

from os import environ

from coop.settings.base import *  # noqa: F403
from coop.settings.base import CACHES, CHANNEL_LAYERS, REDIS_URL, redis

DEBUG = False
SECRET_KEY = "test-only-not-a-secret-" + "0" * 40
FIELD_KEY = "dGVzdC1vbmx5LW5vdC1hLXNlY3JldC0wMDAwMDAwMDA="
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LETSEMA_DEMO = True
STRIPE_API_KEY = "sk_test_letsema"
STRIPE_WEBHOOK_SECRET = "whsec_letsema_test"  # noqa: S105

# Each parallel test process has its own three databases of the one Valkey.
_WORKER = int((environ.get("PYTEST_XDIST_WORKER") or "gw0").removeprefix("gw") or 0)
CELERY_BROKER_URL = redis(REDIS_URL, _WORKER * 3)
CHANNEL_LAYERS["default"]["CONFIG"] = {"hosts": [redis(REDIS_URL, _WORKER * 3 + 1)]}
CACHES["default"]["LOCATION"] = redis(REDIS_URL, _WORKER * 3 + 2)
