"""SMS through a provider's HTTP address."""

from __future__ import annotations

import json
from datetime import datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from coop.notices.gateways.protocols import SendFailed

_TIMEOUT = 10
#: Answers after which the same message may still go through: busy, slow down, broken for now.
_MAY_RECOVER = frozenset({408, 425, 429, 500, 502, 503, 504})


class HttpSms:
    """POST {"to", "text", "key"} with a bearer token; the answer is {"id"}.

    The key goes as Idempotency-Key too, so a repeated call is one SMS.
    """

    def __init__(self, url: str, token: str) -> None:
        if urlsplit(url).scheme not in ("http", "https"):
            raise ValueError("SMS_URL needs to be an http or https address.")
        self.url = url
        self.token = token

    def send(self, *, to: str, text: str, key: str, at: datetime) -> str:
        body = json.dumps({"to": to, "text": text, "key": key}).encode()
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        request = Request(self.url, data=body, headers=headers, method="POST")  # noqa: S310
        return self._id(self._answer(request))

    def _answer(self, request: Request) -> Any:
        try:
            with urlopen(request, timeout=_TIMEOUT) as response:  # noqa: S310
                return json.loads(response.read(65_536))
        except HTTPError as error:
            raise SendFailed(
                f"the provider answered {error.code}", may_recover=error.code in _MAY_RECOVER
            ) from error
        except (URLError, HTTPException, OSError) as error:
            raise SendFailed(
                f"the provider was not reached: {type(error).__name__}", may_recover=True
            ) from error
        except ValueError as error:
            raise SendFailed("the provider's answer cannot be read", may_recover=True) from error

    def _id(self, answer: Any) -> str:
        found = answer.get("id") if isinstance(answer, dict) else None
        if not isinstance(found, str) or not found:
            raise SendFailed("the provider's answer names no message", may_recover=True)
        return found[:120]
