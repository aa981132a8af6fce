"""This machine: embedded engines, demonstration sign-in, an on-screen phone. Not for real use."""

from __future__ import annotations

from coop.settings.base import *  # noqa: F403
from coop.settings.base import ENV

DEBUG = False
SECRET_KEY = ENV.secret_key or "local-only-not-a-secret-" + "0" * 40
FIELD_KEY = ENV.field_key or "bG9jYWwtb25seS1ub3QtYS1zZWNyZXQtMDAwMDAwMDA="
SOCKET_ORIGINS = [f"http://{host}:{ENV.port}" for host in ("localhost", "127.0.0.1")]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
LETSEMA_DEMO = ENV.letsema_demo
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(ENV.letsema_var / "mail")
STRIPE_API_KEY = ENV.stripe_api_key or "sk_test_letsema"
STRIPE_API_BASE = ENV.stripe_api_base or f"http://127.0.0.1:{ENV.port + 2}"
STRIPE_WEBHOOK_SECRET = ENV.stripe_webhook_secret or "whsec_letsema_local"
