"""Messages, and the on-screen phones."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _n

from coop.members.queries import phone_of
from coop.notices import registry
from coop.notices.operations import notify, receive_sms
from coop.outbox.operations import run_due
from tests.browser.pages.row import Row
from tests.browser.stage import Stage

ROWS = [
    Row("notices:inbox", "worker"),
    Row("notices:inbox", "household"),
    Row("notices:phones", "visitor"),
    Row("notices:phones", "worker", query="?number=%2B27821000007"),
]
#: Read, answer and the provider's webhook take a POST.
ACTS = {"notices:read", "notices:answer", "notices:sms"}


def furnish(stage: Stage) -> None:
    """A message and a conversation by SMS."""
    registry.template("stage_hello", subject=_n("Welcome"), text=_n("You have joined us."))
    worker = stage.people["worker"]
    notify(
        by=stage.town.system, at=stage.now, to=worker, template="stage_hello", context={},
        key="stage",
    )  # fmt: skip
    receive_sms(at=stage.now, from_phone=phone_of(worker), text="help", provider_id="stage")
    run_due(at=stage.now)
