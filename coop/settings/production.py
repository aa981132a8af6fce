"""Real people. Refuses to start while anything it needs is missing."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from coop.settings.base import *  # noqa: F403
from coop.settings.base import ENV

_NEEDED = {
    "SECRET_KEY": ENV.secret_key,
    "FIELD_KEY": ENV.field_key,
    "DATABASE_URL": ENV.database_url,
    "REDIS_URL": ENV.redis_url,
    "ALLOWED_HOSTS": ENV.allowed_hosts,
    "SITE_URL": ENV.site_url,
    "SOCKETS_URL": ENV.sockets_url,
    "STRIPE_API_KEY": ENV.stripe_api_key,
    "STRIPE_WEBHOOK_SECRET": ENV.stripe_webhook_secret,
    "SMS_URL": ENV.sms_url,
    "SMS_TOKEN": ENV.sms_token,
    "DEFAULT_FROM_EMAIL": ENV.default_from_email,
}
_missing = sorted(name for name, value in _NEEDED.items() if not value)
if _missing:
    raise ImproperlyConfigured(f"Set {', '.join(_missing)} before starting in production.")
if len(ENV.secret_key) < 50:
    raise ImproperlyConfigured("SECRET_KEY needs at least 50 random characters.")
if ENV.metrics_token and len(ENV.metrics_token) < 20:
    raise ImproperlyConfigured("METRICS_TOKEN needs at least 20 random characters.")
if ENV.stripe_api_base:
    raise ImproperlyConfigured("STRIPE_API_BASE points at a sandbox; unset it in production.")

DEBUG = False
SECRET_KEY = ENV.secret_key
FIELD_KEY = ENV.field_key
ALLOWED_HOSTS = [host.strip() for host in ENV.allowed_hosts.split(",")]
CSRF_TRUSTED_ORIGINS = [ENV.site_url]
DEFAULT_FROM_EMAIL = ENV.default_from_email
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
