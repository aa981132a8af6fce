"""Signing in to the API, and who one is there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.security import HttpBearer


class TokenAuth(HttpBearer):
    """A personal token in the Authorization header."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return None


router = Router()
