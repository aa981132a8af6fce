"""What Stripe would not take is not taken here, and says so in Stripe's shape."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import stripe

from tests.payments.sandbox.running import ROOT, Running


@pytest.mark.parametrize(
    ("params", "code", "param"),
    [
        ({"currency": "zar"}, "parameter_missing", "amount"),
        ({"amount": "ten", "currency": "zar"}, "parameter_invalid_integer", "amount"),
        ({"amount": "10.0", "currency": "zar"}, "parameter_invalid_integer", "amount"),
        ({"amount": 0, "currency": "zar"}, "parameter_invalid_integer", "amount"),
        ({"amount": 1_000_000_000, "currency": "zar"}, "amount_too_large", "amount"),
        ({"amount": 10, "currency": "zar", "colour": "red"}, "parameter_unknown", "colour"),
        (
            {"amount": 10, "currency": "zar", "automatic_payment_methods": {"enabled": True, "on": 1}},
            "parameter_unknown",
            "automatic_payment_methods[on]",
        ),
        ({"amount": 10, "currency": "zar", "customer": "cus_no"}, "resource_missing", "customer"),
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_named(
    client: stripe.StripeClient, params: Any, code: str, param: str
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.payment_intents.create(params)
    assert (refused.value.http_status, refused.value.code, refused.value.param) == (
        400,
        code,
        param,
    )
    assert client.v1.payment_intents.list().data == []


def test_what_does_not_exist_is_404_in_the_path(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.payment_intents.retrieve("pi_3none")
    assert (refused.value.http_status, refused.value.code) == (404, "resource_missing")
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.accounts.list()
    assert refused.value.http_status == 404


def test_another_key_is_not_let_in(sandbox: Running) -> None:
    stranger = stripe.StripeClient("sk_test_other", base_addresses={"api": sandbox.base})
    with pytest.raises(stripe.AuthenticationError):
        stranger.v1.customers.list()


@pytest.mark.parametrize(
    "environment",
    [{"DJANGO_SETTINGS_MODULE": "coop.settings.production"}, {"LETSEMA_ENV": "production"}],
)
def test_it_does_not_start_under_production_settings(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    journal = tmp_path / "journal.sqlite3"
    done = subprocess.run(
        [
            sys.executable, "-m", "payments.sandbox", "--port", "0", "--journal", str(journal),
            "--webhook-url", "http://127.0.0.1:9/", "--webhook-secret", "s",
            "--api-key", "sk_test_x",
        ],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, timeout=30,
    )  # fmt: skip
    assert done.returncode == 1
    assert "does not start under production settings" in done.stderr
    assert not journal.exists()
