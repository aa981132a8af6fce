from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import gettext as _

from coop.kernel import NotFound, RuleBroken
from coop.members.types import MemberRef
from payments.charges.models import Charge
from payments.charges.queries import may_steer


def lock_charge(by: MemberRef, charge_id: UUID, also: Q | None = None) -> Charge:
    """The charge, locked until the end of the transaction. Raises NotFound `charge_unknown`."""
    seen = may_steer(by) if also is None else also
    row = Charge.objects.select_for_update().filter(seen, id=charge_id).first()
    if row is None:
        raise NotFound("charge_unknown", _("There is no such charge."))
    return row


def saw(charge: Charge) -> None:
    """Write the charge with its next version."""
    charge.version += 1
    charge.save()


@contextmanager
def explained() -> Iterator[None]:
    """The name of a broken constraint becomes a sentence; an unknown one is passed on."""
    try:
        yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        sentence = _sentences().get(name)
        if sentence is None:
            raise
        raise RuleBroken(name, sentence) from error


def _sentences() -> dict[str, str]:
    return {
        "charge_once_per_booking": _("This booking is charged already; open that charge."),
        "intent_one_live_hold": _("The card is being asked already; wait a moment."),
        "intent_one_end_per_charge": _("This charge is being settled already; wait a moment."),
        "refund_within_captured": _("More cannot be given back than was taken."),
        "receipt_reference_once": _("A receipt with this reference exists already."),
        "receipt_gapless": _("Another receipt came first; try again."),
    }
