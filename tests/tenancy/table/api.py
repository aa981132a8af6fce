"""Operations of the API, router by router: one line each.

A new operation without a line here fails `test_every_door_has_a_row`: add
`Row("GET /api/bookings/…", "who is let in")`, with `send={…}` for everything but GET.
"""

from __future__ import annotations

from tests.tenancy.table import api_bookings
from tests.tenancy.table.row import ALL, BOOKS, HOMES, MEMBERS, MONEY, OFFICERS, Row

_P = "/api/governance/proposals"
_R = "/api/payroll/runs"
_MAY = {"starts_on": "2026-05-01", "ends_on": "2026-06-01"}
_FUND = {"scheme": "COIDA", "month": "2026-03-01", "reference": "EFT 1"}
_MOTION = {
    "title": "More", "reason": "We can.",
    "changes": [{
        "key": "living_wage_floor", "effective_from": "2026-07-01",
        "terms": {"currency": "ZAR", "default": "50.00", "services": {}},
    }],
}  # fmt: skip

MEMBERS_ROWS = [
    Row("GET /api/members/me", ALL),
    Row("GET /api/members/people", MEMBERS),
    Row(
        "POST /api/members/people/{membership_id}/admit",
        "board",
        send={},
        forbidden=ALL,
        who_first=True,
    ),
    Row("GET /api/members/offices", "coordinator board"),
    Row("GET /api/members/offices/asked", "coordinator board"),
    Row("POST /api/members/offices/{office_id}/end", "treasurer board", send={}),
    Row(
        "POST /api/members/offices/asked/{motion_id}/agree",
        "board",
        send={},
        forbidden=ALL,
        who_first=True,
    ),
    Row(
        "POST /api/members/offices/asked/{motion_id}/withdraw",
        "board",
        send={},
        forbidden=ALL,
        args={"motion_id": "own_motion_id"},
        who_first=True,
    ),
    Row("GET /api/members/tokens", ALL),
    Row("POST /api/members/tokens", ALL, send={"name": "diary"}),
    Row("DELETE /api/members/tokens/{token_id}", "worker board", send={}),
]
NOTICES_ROWS = [
    Row("GET /api/notices/inbox", ALL),
    Row("POST /api/notices/inbox/read", ALL, send={}),
    Row("GET /api/notices/counts", "coordinator board auditor"),
]
_OTHERS = "worker member coordinator board treasurer auditor"
_TALKED = {"proposal_id": "talked_id"}
GOVERNANCE_ROWS = [
    Row("GET /api/governance/rules", MEMBERS),
    Row("GET /api/governance/rules/{key}", MEMBERS),
    Row(f"GET {_P}", MEMBERS),
    Row(f"POST {_P}", MEMBERS, send=_MOTION),
    Row(f"GET {_P}/{{proposal_id}}", MEMBERS),
    Row(f"PUT {_P}/{{proposal_id}}", "worker", f"member {OFFICERS}", args=_TALKED, send=_MOTION),
    Row(f"POST {_P}/{{proposal_id}}/discuss", "worker", args={"proposal_id": "draft_id"}, send={}),
    Row(f"POST {_P}/{{proposal_id}}/comments", MEMBERS, args=_TALKED, send={"text": "Good."}),
    Row(
        f"POST {_P}/{{proposal_id}}/notice",
        "worker board election_committee",
        "member coordinator treasurer auditor",
        args=_TALKED,
        send={},
    ),
    Row(f"POST {_P}/{{proposal_id}}/open", "election_committee", _OTHERS, send={}, who_first=True),
    Row(f"POST {_P}/{{proposal_id}}/vote", MEMBERS, send={"choice": "yes"}),
    Row(f"POST {_P}/{{proposal_id}}/close", "election_committee", _OTHERS, send={}, who_first=True),
    Row(f"POST {_P}/{{proposal_id}}/certify", "election_committee", _OTHERS, send={}),
    Row(
        f"POST {_P}/{{proposal_id}}/withdraw",
        "worker",
        f"member {OFFICERS}",
        args=_TALKED,
        send={"reason": "No."},
    ),
]
LEDGER_ROWS = [
    Row("GET /api/ledger/balances", BOOKS),
    Row("GET /api/ledger/accounts/{account_id}", BOOKS),
    Row("GET /api/ledger/entries", BOOKS),
    Row("GET /api/ledger/entries/{entry_id}", BOOKS),
]
_PAID = {"charge_id": "paid_charge_id"}
_RECEIPT = {"amount_minor": 100, "how": "cash", "received_on": "2026-04-02"}
CHARGES_ROWS = [
    Row("GET /api/charges/", ALL),
    Row("GET /api/charges/receipts", ALL),
    Row("GET /api/charges/cards", ALL),
    Row("POST /api/charges/cards", HOMES, send={"method": "pm_card_visa"}),
    Row("GET /api/charges/{charge_id}", f"household {MONEY}"),
    Row("POST /api/charges/{charge_id}/hold", "household coordinator treasurer", send={"card_id": "$card_id"}),
    Row("POST /api/charges/{charge_id}/receipts", "coordinator treasurer",
        forbidden="household board auditor", send=_RECEIPT),
    Row(
        "POST /api/charges/{charge_id}/refunds", "coordinator treasurer", args=_PAID,
        forbidden="household board auditor",
        send={"amount_minor": 100, "reason": "late"},
    ),
]  # fmt: skip
_S = "/api/payroll/remittances"
PAYROLL_ROWS = [
    Row("GET /api/payroll/mine", ALL),
    Row("GET /api/payroll/slips/{payslip_id}", f"worker {BOOKS}"),
    Row("GET /api/payroll/slips/{payslip_id}/replay", f"worker {BOOKS}"),
    Row("GET /api/payroll/record", ALL),
    Row("GET /api/payroll/record/{contribution_id}", "worker treasurer board"),
    Row("POST /api/payroll/record/{contribution_id}/query", "worker treasurer board", send={}),
    Row("POST /api/payroll/record/{contribution_id}/confirm", "worker treasurer board", send={}),
    Row(f"GET {_R}", ALL),
    Row(f"POST {_R}", "treasurer board", send=_MAY, forbidden=ALL, who_first=True),
    Row(f"GET {_R}/{{run_id}}", BOOKS),
    Row(f"POST {_R}/{{run_id}}/compute", "treasurer board", send={}, forbidden=ALL, who_first=True),
    Row(f"POST {_R}/{{run_id}}/approve", "treasurer board", send={}, forbidden=ALL, who_first=True),
    Row(f"POST {_R}/{{run_id}}/pay", "treasurer board", send={}, forbidden=ALL, who_first=True),
    Row(f"POST {_R}/{{run_id}}/file", "treasurer board", send={}, forbidden=ALL, who_first=True),
    Row("GET /api/payroll/funds", ALL),
    Row(f"GET {_S}", ALL),
    Row(f"POST {_S}", "treasurer board", send=_FUND, forbidden=ALL, who_first=True),
    Row(f"GET {_S}/{{remittance_id}}", BOOKS),
    Row(
        f"POST {_S}/{{remittance_id}}/approve",
        "treasurer board",
        send={},
        forbidden=ALL,
        who_first=True,
    ),
    Row(
        f"POST {_S}/{{remittance_id}}/pay",
        "treasurer board",
        send={"reference": "EFT 1"},
        forbidden=ALL,
        who_first=True,
    ),
    Row("GET /api/payroll/questions", ALL),
    Row(
        "POST /api/payroll/questions/{contribution_id}/answer",
        "treasurer board",
        send={"note": "Found."},
        forbidden=ALL,
        who_first=True,
    ),
    Row("POST /api/payroll/filings", "treasurer board", send=_FUND, forbidden=ALL, who_first=True),
]
SURPLUS_ROWS = [
    Row("GET /api/surplus/sharings", ALL),
    Row("POST /api/surplus/sharings", "treasurer board", send=_MAY, forbidden=ALL, who_first=True),
    Row("GET /api/surplus/sharings/{sharing_id}", MEMBERS),
    Row(
        "POST /api/surplus/sharings/{sharing_id}/withdraw",
        "treasurer board",
        send={},
        forbidden=ALL,
        who_first=True,
    ),
]
ROWS = [
    *MEMBERS_ROWS, *NOTICES_ROWS, *GOVERNANCE_ROWS, *LEDGER_ROWS, *CHARGES_ROWS, *PAYROLL_ROWS,
    *SURPLUS_ROWS, *api_bookings.ROWS,
]  # fmt: skip
