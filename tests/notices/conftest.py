"""Words that only these tests say."""

from __future__ import annotations

import pytest

from coop.notices import registry


@pytest.fixture(autouse=True)
def _declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_templates", dict(registry._templates))
    monkeypatch.setattr(registry, "_words", dict(registry._words))
    registry.template(
        "test_offer", subject="An offer", text="Cleaning %(when)s. Answer YES %(code)s.",
        link="/offers/%(code)s/",
    )  # fmt: skip
    registry.template("test_grievance", subject="Your case", text="It moved.", private=True)
