"""Admin pages and sockets: one line each."""

from __future__ import annotations

from tests.tenancy.table.row import ALL, BOOKS, MONEY, OFFICERS

DESK = "coordinator"
KEEPERS = "coordinator board"
#: Every table with pages in the admin, and the offices that see them; nobody else does.
ADMIN = {
    "members.User": KEEPERS,
    "members.Membership": f"{KEEPERS} election_committee auditor",
    "members.Office": OFFICERS,
    "members.Worker": KEEPERS,
    "members.Household": f"{KEEPERS} treasurer",
    "members.Consent": "board auditor",
    "members.ApiToken": "board",
    "coop_notices.Notice": "coordinator board auditor",
    "hours.HoursEntry": MONEY,
    "governance.Proposal": OFFICERS,
    "governance.Ballot": OFFICERS,
    "governance.Decision": OFFICERS,
    "governance.PolicyVersion": OFFICERS,
    "bookings.Service": OFFICERS,
    "bookings.Booking": DESK,
    "bookings.Series": DESK,
    "bookings.Quote": MONEY,
    "bookings.OfferRound": DESK,
    "bookings.Offer": DESK,
    "bookings.Visit": DESK,
    "payments_ledger.Entry": BOOKS,
    "payments_ledger.Account": BOOKS,
    "payments_charges.Charge": MONEY,
    "payments_charges.Intent": BOOKS,
    "payments_charges.Receipt": MONEY,
    "payments_charges.Refund": MONEY,
    "payments_charges.WebhookEvent": BOOKS,
    "payments_payroll.PayRun": BOOKS,
    "payments_payroll.Payslip": BOOKS,
    "payments_payroll.Contribution": BOOKS,
    "payments_payroll.Remittance": BOOKS,
    "payments_surplus.Sharing": BOOKS,
    "coop_outbox.Promise": KEEPERS,
    "coop_audit.Entry": "board auditor",
}
#: The pages of the admin that belong to no table.
ADMIN_PAGES = {
    "index": OFFICERS, "search": OFFICERS, "jsi18n": OFFICERS, "autocomplete": "",
    "password_change": "", "password_change_done": "", "login": "", "logout": OFFICERS,
    "view_on_site": "", "app_list": OFFICERS,
}  # fmt: skip
#: Sockets by route, and who may listen; what she hears is proven in tests/home/test_sockets.py.
SOCKETS = {"ws/": ALL}
