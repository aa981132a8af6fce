"""What the surroundings may say, read once; what cannot be read is named in one sentence."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

BASE_DIR = Path(__file__).resolve().parent.parent.parent


class Environment(BaseSettings):
    """What the surroundings may say. Names are the environment variables."""

    model_config = SettingsConfigDict(extra="ignore", case_sensitive=False)

    database_url: str = ""
    redis_url: str = ""
    port: int = 8000
    letsema_var: Path = BASE_DIR / "var"
    letsema_demo: bool = True
    secret_key: str = ""
    field_key: str = ""
    allowed_hosts: str = ""
    site_url: str = ""
    sockets_url: str = ""
    stripe_api_key: str = ""
    stripe_api_base: str = ""
    stripe_webhook_secret: str = ""
    email_url: str = ""
    default_from_email: str = ""
    sms_url: str = ""
    sms_token: str = ""
    metrics_token: str = ""


def environment() -> Environment:
    """Raises ImproperlyConfigured naming the variable."""
    try:
        return Environment()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper()
        raise ImproperlyConfigured(
            f"{name}={first['input']!r} cannot be used: {first['msg'].lower()}."
        ) from error
