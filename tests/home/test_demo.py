"""The demonstration shows the whole life, and its books hold."""

from __future__ import annotations

import socket
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import override_settings

from coop.home.management.demo import live

NOW = datetime(2026, 11, 24, 10, 53, tzinfo=UTC)


@pytest.mark.django_db
def test_x(tmp_path: Path, capsys) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with override_settings(STRIPE_API_BASE=f"http://127.0.0.1:{port}", VAR_DIR=tmp_path):
        t = time.time()
        c = time.process_time()
        missed = live(NOW)
        print("TOOK", time.process_time() - c, time.time() - t, missed)
    from bookings.models import Booking, Offer
    from governance.models import Proposal, PolicyVersion
    from payments.payroll.models import Contribution, PayRun
    from payments.charges.models import Charge
    from payments.surplus.models import Sharing
    from coop.members.models import Cooperative
    from coop.outbox.models import Promise
    from collections import Counter

    for c in Cooperative.objects.all():
        print(c.name)
        for m, f in (
            (Booking, "state"),
            (Offer, "state"),
            (Proposal, "state"),
            (Contribution, "state"),
            (PayRun, "state"),
            (Charge, "state"),
            (Sharing, "state"),
            (Promise, "state"),
        ):
            print(
                "  ",
                m.__name__,
                Counter(m.objects.filter(cooperative_id=c.id).values_list(f, flat=True)),
            )
        for p in Promise.objects.filter(cooperative_id=c.id, tries__gt=0):
            print("   TRIED", p.key, p.state, p.last_error[:200])
        for b in Booking.objects.filter(cooperative_id=c.id).order_by("during"):
            print(
                "   ", b.state, b.during.lower, b.service.code, b.worker_id and str(b.worker_id)[:4]
            )
        for s in Sharing.objects.filter(cooperative_id=c.id):
            print(s.surplus_minor, s.patronage_minor)
    from django.core.management import call_command

    try:
        call_command("check_books")
    except BaseException as e:
        print("CHECK", repr(e))
    assert 0
