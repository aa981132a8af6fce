"""Pages and acts of the house, room by room: one line each."""

from __future__ import annotations

from tests.tenancy.table.row import (
    ALL,
    BOOKS,
    HOMES,
    MEMBERS,
    MONEY,
    WORKERS,
    Row,
)

HOME = [
    Row("home:landing", ALL, visitor="ok"),
    Row("home:home", ALL, visitor="ok"),
    Row("home:live", ALL, visitor="ok"),
    Row("home:ready", ALL, visitor="ok"),
    Row("home:health", ALL, visitor="ok"),
    Row("home:metrics", visitor="404"),
    Row("home:operate", "coordinator board"),
    Row("home:settle", "coordinator board", send={"verb": "retry"}),
    Row("home:set_language", ALL, send={"language": "en"}, visitor="ok"),
    Row("home:style", visitor="404"),
]
PEOPLE = [
    Row("members:profile", ALL),
    Row("members:consent", ALL, send={"purpose": "photos", "given": "yes"}),
    Row("members:tokens", ALL),
    Row("members:make_token", ALL, send={"name": "diary"}),
    Row("members:end_token", "worker board", send={}),
    Row("members:choose_cooperative", ALL, send={"cooperative": "$town"}),
    Row("members:sign_in_as", send={}, visitor="404"),
    Row("members:join", ALL),
    Row("members:join_work", ALL, query="?at=asterine-coop"),
    Row("members:join_household", ALL, query="?at=asterine-coop"),
    Row("members:people", "board coordinator"),
    Row("members:admit", "board", send={}),
    Row("members:appoint", "board"),
    Row("members:office", "treasurer board"),
    Row("members:end_office", "treasurer board", send={}),
    Row("members:agree", "board", send={}),
    Row("members:withdraw", "board", send={}, args={"motion_id": "own_motion_id"}),
]
MESSAGES = [
    Row("notices:inbox", ALL),
    Row("notices:read", ALL, send={}),
    Row("notices:phones", visitor="404"),
    Row("notices:answer", send={}, visitor="404"),
]
HOURS = [Row("hours:mine", WORKERS)]
DECIDE = [
    Row("governance:decide", MEMBERS),
    Row("governance:rules", ALL),
    Row("governance:rule", ALL),
    Row("governance:propose", MEMBERS),
    Row("governance:proposal", MEMBERS),
    Row("governance:amend", "worker", args={"proposal_id": "talked_id"}),
    Row("governance:vote", MEMBERS, send={"choice": "yes"}),
    Row(
        "governance:comment", MEMBERS, args={"proposal_id": "talked_id"},
        send={"text": "Good.", "stance": ""},
    ),
    Row(
        "governance:step", "worker", args={"proposal_id": "draft_id"}, send={"do": "discuss"},
    ),
]  # fmt: skip
BOOKINGS = [
    Row("bookings:price", HOMES),
    Row("bookings:quote", "household"),
    Row("bookings:mine", HOMES),
    Row("bookings:visit", "household worker coordinator"),
    Row("bookings:here", "household", send={}),
    Row("bookings:cancel", "household", args={"booking_id": "asked_id"}),
    Row("bookings:times", "household worker"),
    Row("bookings:settle", "coordinator", args={"booking_id": "disputed_id"}),
    Row("bookings:series", "household coordinator"),
    Row("bookings:today", WORKERS),
    Row("bookings:time", WORKERS),
    Row("bookings:offer", "worker"),
    Row("bookings:answer", "worker", send={"answer": "yes"}),
    Row("bookings:why", f"{WORKERS} coordinator board"),
    Row("bookings:work", WORKERS),
    Row("bookings:job", "worker"),
    Row("bookings:arrive", "worker", send={"code": "$client_code"}),
    Row("bookings:leave", "worker", send={}),
    Row("bookings:withdraw", "worker"),
    Row("bookings:desk", "coordinator"),
    Row("bookings:desk_day", "coordinator"),
    Row("bookings:again", "coordinator", args={"booking_id": "asked_id"}, send={}),
]
LEDGER = [
    Row("ledger:books", BOOKS),
    Row("ledger:accounts", BOOKS),
    Row("ledger:account", BOOKS),
    Row("ledger:entry", BOOKS),
]
CHARGES = [
    Row("charges:mine", f"{HOMES} {MONEY}"),
    Row("charges:add_card"),
    Row("charges:remove_card", "household", send={}),
    Row("charges:one", f"household {MONEY}"),
    Row("charges:pay", "household", send={"card": "$card_id"}),
    Row("charges:receive", "coordinator treasurer", send={"how": "cash"}),
    Row(
        "charges:give_back", "coordinator treasurer", args={"charge_id": "paid_charge_id"},
        send={"amount": "1.00", "reason": "late"},
    ),
]  # fmt: skip
PAY = [
    Row("payroll:mine", WORKERS),
    Row("payroll:slip", f"worker {BOOKS}"),
    Row("payroll:replay", f"worker {BOOKS}", send={}),
    Row("payroll:record", WORKERS),
    Row("payroll:contribution", "worker"),
    Row("payroll:answer", "worker", send={"shows": "no"}),
    Row("payroll:runs", BOOKS),
    Row("payroll:waiting", BOOKS),
    Row("payroll:run", BOOKS),
    Row("payroll:act", "treasurer board", send={}),
    Row("payroll:fund", "treasurer board"),
    Row("payroll:sent", BOOKS),
    Row("payroll:question", "treasurer board"),
    Row("payroll:document", BOOKS),
    Row("payroll:record_file", WORKERS),
]
SURPLUS = [
    Row("surplus:sharings", MEMBERS),
    Row("surplus:sharing", MEMBERS),
    Row("surplus:withdraw", "treasurer board", send={}),
]
ROWS = [
    *HOME, *PEOPLE, *MESSAGES, *HOURS, *DECIDE, *BOOKINGS, *LEDGER, *CHARGES, *PAY, *SURPLUS,
]  # fmt: skip
#: Machines come with a proof in the letter; whoever comes without is refused (400), signed in or not.
MACHINES = ["notices:sms", "charges:webhook"]
#: Rooms of the library that signs people in, and the counters that the proxy hides from outside:
#: they show a visitor nothing of anybody, and a person only herself.
LIBRARY = {
    "account_login", "account_logout", "account_inactive", "account_signup",
    "account_reauthenticate", "account_email", "account_email_verification_sent",
    "account_change_password", "account_set_password", "account_reset_password",
    "account_confirm_login_code", "account_confirm_email", "account_verify_phone",
    "account_change_phone", "account_reset_password_from_key_done",
    "account_reset_password_from_key", "account_reset_password_done",
    "account_request_login_code", "mfa_index", "mfa_authenticate", "mfa_reauthenticate",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn",
    "mfa_add_webauthn", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn",
    "mfa_edit_webauthn", "mfa_login_webauthn",
}  # fmt: skip
