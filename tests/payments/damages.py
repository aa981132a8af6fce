"""One way and another of breaking each promise. The last statement returns the row to be named."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Damage:
    invariant: str
    name: str
    words: str
    statements: tuple[str, ...]
    provider: bool = False


def _copy(table: str, columns: str, **other: str) -> str:
    """Insert a row again, with some columns changed."""
    names = [name.strip() for name in columns.split(",")]
    values = ", ".join(other.get(name, name) for name in names)
    return f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table}"


CAPTURED = "payments_charges_charge WHERE rail = 'card' AND captured_minor > 0"
VISIT_HOURS = "source_kind = 'visit' AND kind = 'visit'"
HOURS = (
    "id, cooperative_id, worker_id, household_id, during, kind, source_kind, source_id,"
    " paid_seconds, rate_minor, currency, service, terms, corrects_id, reason, written_at"
)
OFFER = (
    "id, cooperative_id, booking_id, round_id, worker_id, state, code, metres, pay_minor, currency,"
    " made_at, expires_at, answered_at"
)
INTENT = (
    "id, cooperative_id, kind, state, attempt, charge_id, saved_card_id, refund_id, amount_minor,"
    " currency, effect_ref, outcome, stored_at, settled_at"
)
SLIP_LINE = (
    "cooperative_id, payslip_id, position, kind, hours_entry_id, worked_on, service, seconds,"
    " rate_minor, amount_minor, currency, rule, versions, facts"
)
NEW = {"id": "gen_random_uuid()"}

DAMAGES = [
    Damage("I1", "a posting edited", "off by 0.01 ZAR", (
        "UPDATE payments_ledger_posting SET amount_minor = amount_minor + 1 WHERE id ="
        " (SELECT min(id) FROM payments_ledger_posting) RETURNING entry_id",)),
    Damage("I1", "postings deleted", "no postings", (
        "DELETE FROM payments_ledger_posting WHERE entry_id ="
        " (SELECT id FROM payments_ledger_entry WHERE kind = 'capture') RETURNING entry_id",)),
    Damage("I2", "a capture changed", "a capture and its entry differ", (
        f"UPDATE {CAPTURED.replace(' WHERE', ' SET captured_minor = captured_minor - 1 WHERE')}"
        " RETURNING id",)),
    Damage("I2", "a capture entry deleted", "a capture and its entry differ", (
        "DELETE FROM payments_ledger_posting WHERE entry_id ="
        " (SELECT id FROM payments_ledger_entry WHERE kind = 'capture')",
        "DELETE FROM payments_ledger_entry WHERE kind = 'capture' RETURNING about_id")),
    Damage("I2", "captured there and not here", "we have not written", (
        "UPDATE payments_charges_charge SET captured_minor = 0, refunded_minor = 0, fee_minor = 0,"
        " state = 'held' WHERE rail = 'card' AND captured_minor > 0 RETURNING id",), True),
    Damage("I2", "captured here and not there", "stands 0 times in their journal", (
        "UPDATE payments_charges_charge SET provider_ref = 'pi_never' WHERE rail = 'card'"
        " AND captured_minor > 0 RETURNING id",), True),
    Damage("I2", "given back there and not here", "we have not written", (
        "UPDATE payments_charges_refund SET state = 'failed' RETURNING charge_id",), True),
    Damage("I2", "given back here and not there", "stands 0 times in their journal", (
        "UPDATE payments_charges_refund SET provider_ref = 're_never' RETURNING charge_id",), True),
    Damage("I3", "a visit without hours", "0 sets of hours", (
        f"DELETE FROM hours_hoursentry WHERE id = (SELECT id FROM hours_hoursentry WHERE"
        f" {VISIT_HOURS} LIMIT 1) RETURNING source_id",)),
    Damage("I3", "hours written twice", "2 sets of hours", (
        "DROP INDEX hours_written_once",
        f"{_copy('hours_hoursentry', HOURS, **NEW)} WHERE {VISIT_HOURS} AND source_id ="
        f" (SELECT source_id FROM hours_hoursentry WHERE {VISIT_HOURS} LIMIT 1)"
        " RETURNING source_id")),
    Damage("I3", "a visit gone", "no visit", (
        "DELETE FROM bookings_visit WHERE id = (SELECT id FROM bookings_visit LIMIT 1)"
        " RETURNING booking_id",)),
    Damage("I3", "hours given to another worker", "she did not make", (
        "UPDATE hours_hoursentry SET worker_id = gen_random_uuid() WHERE id ="
        f" (SELECT id FROM hours_hoursentry WHERE {VISIT_HOURS} LIMIT 1) RETURNING id",)),
    Damage("I3", "hours on two payslip lines", "2 payslip lines", (
        "DROP INDEX hours_paid_once",
        f"{_copy('payments_payroll_payslipline', SLIP_LINE, position='position + 500')}"
        " WHERE position = 0 RETURNING hours_entry_id")),
    Damage("I3", "hours left out of pay", "left out", (
        "DELETE FROM payments_payroll_payslipline WHERE position = 0 RETURNING hours_entry_id",)),
    Damage("I3", "pay below the floor", "below floor", (
        "ALTER TABLE payments_payroll_payslip DROP CONSTRAINT payslip_not_below_floor",
        "UPDATE payments_payroll_payslip SET minimum_minor = gross_minor + 1 RETURNING id")),
    Damage("I3", "a floor forgotten", "does not replay", (
        "UPDATE payments_payroll_payslip SET minimum_minor = 0 RETURNING id",)),
    Damage("I4", "a contribution changed", "paid by the slips", (
        "UPDATE payments_payroll_contribution SET employer_minor = employer_minor - 100"
        " WHERE scheme = 'COIDA' RETURNING scheme",)),
    Damage("I4", "a contribution never remitted", "the books owe", (
        "UPDATE payments_payroll_contribution SET state = 'deducted' WHERE scheme = 'COIDA'"
        " RETURNING scheme",)),
    Damage("I4", "a contribution deleted", "0 paid by the slips", (
        "DELETE FROM payments_payroll_contribution WHERE scheme = 'COIDA' RETURNING scheme",)),
    Damage("I4", "a filed run with an unfiled contribution", "was not filed", (
        "UPDATE payments_payroll_contribution SET state = 'paid' WHERE scheme = 'COIDA'"
        " RETURNING id",)),
    Damage("I4", "a payment to a fund without its reference", "without a reference", (
        "UPDATE payments_payroll_contribution SET reference = '' WHERE scheme = 'COIDA'"
        " RETURNING id",)),
    Damage("I4", "a payment to a fund changed", "not the sum of its contributions", (
        "UPDATE payments_payroll_remittance SET amount_minor = amount_minor + 1"
        " WHERE scheme = 'COIDA' RETURNING id",)),
    Damage("I4", "a payment to a fund with one key", "has no second key", (
        "ALTER TABLE payments_payroll_remittance DROP CONSTRAINT remittance_two_people",
        "UPDATE payments_payroll_remittance SET approved_by_id = made_by_id"
        " WHERE scheme = 'COIDA' RETURNING id",)),
    Damage("I4", "a contribution in no payment", "no payment holds it", (
        "UPDATE payments_payroll_contribution SET remittance_id = NULL WHERE scheme = 'COIDA'"
        " RETURNING id",)),
    Damage("I4", "a step deleted", "no step brought it", (
        "DELETE FROM payments_payroll_contributionstep WHERE state = 'filed'"
        " RETURNING contribution_id",)),
    Damage("I4", "a fund paid twice in the books", "by the books", (
        "UPDATE payments_ledger_posting SET amount_minor = 2 * amount_minor WHERE entry_id ="
        " (SELECT id FROM payments_ledger_entry WHERE kind = 'remittance'"
        " AND facts::text LIKE '%COIDA%')",
        "SELECT 'COIDA'")),
    Damage("I5", "a worker in two places", "two places", (
        "ALTER TABLE bookings_booking DROP CONSTRAINT worker_in_one_place",
        "UPDATE bookings_booking SET state = 'confirmed', during ="
        " tstzrange('2026-04-01 08:00+00', '2026-04-01 12:00+00')"
        " WHERE id = (SELECT min(id::text)::uuid FROM bookings_booking)",
        "UPDATE bookings_booking SET state = 'confirmed', during ="
        " tstzrange('2026-04-01 09:00+00', '2026-04-01 10:00+00')"
        " WHERE id = (SELECT max(id::text)::uuid FROM bookings_booking) RETURNING id")),
    Damage("I5", "two winners", "2 winners", (
        "DROP INDEX offer_one_winner",
        f"{_copy('bookings_offer', OFFER, **NEW)} WHERE id = (SELECT id FROM bookings_offer WHERE"
        " state = 'accepted' LIMIT 1) RETURNING booking_id")),
    Damage("I5", "a worker who never accepted", "nobody accepted", (
        "UPDATE bookings_offer SET state = 'declined' WHERE id = (SELECT id FROM bookings_offer"
        " WHERE state = 'accepted' LIMIT 1) RETURNING booking_id",)),
    Damage("I6", "a request kept twice", "kept 3 times", (
        "ALTER TABLE bookings_booking DROP CONSTRAINT booking_request_once",
        "UPDATE bookings_booking SET request_id = '00000000-0000-0000-0000-000000000006'"
        " RETURNING request_id")),
    Damage("I6", "an acknowledged booking without its charge", "has no charge", (
        "DELETE FROM payments_charges_charge WHERE rail = 'manual' RETURNING booking_id",)),
    Damage("I6", "a message kept twice", "kept 2 times", (
        "ALTER TABLE payments_charges_webhookevent DROP CONSTRAINT webhook_once",
        "INSERT INTO payments_charges_webhookevent SELECT gen_random_uuid(), provider_id, kind,"
        " object_ref, raw, state, cooperative_id, happened_at, received_at, applied_at"
        " FROM payments_charges_webhookevent RETURNING provider_id")),
    Damage("I6", "a message nobody acts on", "nobody promised", (
        "DELETE FROM coop_outbox_promise WHERE key LIKE 'charges.webhook:%'"
        " RETURNING payload ->> 'provider_id'",)),
    Damage("I6", "a text taken in twice", "taken in twice", (
        "ALTER TABLE coop_notices_inboundsms DROP CONSTRAINT inbound_sms_once",
        "INSERT INTO coop_notices_inboundsms (id, provider_id, phone, text, at, person_id, reply)"
        " SELECT gen_random_uuid(), provider_id, phone, text, at, person_id, reply"
        " FROM coop_notices_inboundsms RETURNING provider_id")),
    Damage("I6", "a notice nobody sends", "never promised", (
        "DELETE FROM coop_outbox_promise WHERE id = (SELECT id FROM coop_outbox_promise WHERE key LIKE"
        " 'notice:%:0' LIMIT 1) RETURNING payload ->> 'notice'",)),
    Damage("I6", "a promise kept twice", "promised 2 times", (
        "ALTER TABLE coop_outbox_promise DROP CONSTRAINT promise_key_once",
        "UPDATE coop_outbox_promise SET key = 'one' WHERE id IN (SELECT id FROM coop_outbox_promise WHERE"
        " cooperative_id IS NOT NULL AND effect = 'notices.send' LIMIT 2) RETURNING key")),
    Damage("I6", "a receipt lost", "stands where 1 should", (
        "UPDATE payments_charges_receipt SET number = 2 RETURNING id",)),
    Damage("I7", "a capture nobody meant", "a capture without a stored intent", (
        "DELETE FROM payments_charges_intent WHERE kind = 'capture' RETURNING charge_id",)),
    Damage("I7", "a refund nobody meant", "a refund without a stored intent", (
        "DELETE FROM payments_charges_intent WHERE kind = 'refund' RETURNING refund_id",)),
    Damage("I7", "a hold nobody meant", "a hold that nobody meant", (
        "DELETE FROM payments_charges_intent WHERE kind = 'hold' AND charge_id ="
        f" (SELECT id FROM {CAPTURED}) RETURNING charge_id",), True),
    Damage("I7", "a hold with two ends", "2 ends", (
        "DROP INDEX intent_one_end_per_charge",
        f"{_copy('payments_charges_intent', INTENT, **NEW, effect_ref=repr(''))}"
        " WHERE kind = 'capture' RETURNING charge_id")),
    Damage("I7", "an effect of no charge of ours", "no charge of ours", (
        "UPDATE payments_charges_charge SET id = gen_random_uuid(), provider_ref = ''"
        " WHERE rail = 'card' AND state = 'held'",
        "SELECT effect_ref FROM payments_charges_intent WHERE kind = 'hold' AND charge_id NOT IN"
        " (SELECT id FROM payments_charges_charge)"), True),
    Damage("I8", "a line of the price changed", "do not sum to the price", (
        "UPDATE bookings_quoteline SET amount_minor = amount_minor + 1 WHERE id ="
        " (SELECT min(id::text)::uuid FROM bookings_quoteline) RETURNING quote_id",)),
    Damage("I8", "a line of the charge changed", "do not sum to the charge", (
        "UPDATE payments_charges_chargeline SET amount_minor = amount_minor + 1 WHERE id ="
        " (SELECT min(id) FROM payments_charges_chargeline) RETURNING charge_id",)),
    Damage("I8", "another price than was quoted", "not the price that was quoted", (
        "UPDATE payments_charges_charge SET amount_minor = amount_minor + 1 WHERE rail = 'manual'"
        " RETURNING id",)),
    Damage("I8", "more given back than taken", "refunds are more", (
        "UPDATE payments_charges_refund SET amount_minor = 99999999 RETURNING charge_id",)),
    Damage("I9", "a vote changed", "does not replay", (
        "UPDATE governance_vote SET choice = 'no' WHERE id = (SELECT id FROM governance_vote"
        " LIMIT 1) RETURNING ballot_id",)),
    Damage("I9", "a vote added twice", "voted 2 times", (
        "ALTER TABLE governance_vote DROP CONSTRAINT vote_once",
        "UPDATE governance_vote SET membership_id = (SELECT min(membership_id::text)::uuid FROM"
        " governance_vote) WHERE id IN (SELECT id FROM governance_vote WHERE ballot_id ="
        " (SELECT min(ballot_id::text)::uuid FROM governance_vote) AND membership_id <>"
        " (SELECT min(membership_id::text)::uuid FROM governance_vote) LIMIT 1)"
        " RETURNING membership_id")),
    Damage("I9", "a decision with another count", "another count", (
        "UPDATE governance_decision SET yes = yes + 1 WHERE id = (SELECT id FROM"
        " governance_decision LIMIT 1) RETURNING id",)),
    Damage("I10", "a rule that reaches back", "reaches back", (
        "UPDATE governance_policyversion SET effective_from = '2020-01-01' WHERE NOT founding"
        " RETURNING id",)),
    Damage("I10", "a rule nobody decided", "without a decision", (
        "ALTER TABLE governance_policyversion DROP CONSTRAINT policy_has_decision",
        "UPDATE governance_policyversion SET decision_id = NULL WHERE NOT founding RETURNING id")),
    Damage("I11", "a share changed", "miss the surplus", (
        "UPDATE payments_surplus_share SET amount_minor = amount_minor + 1, cash_minor ="
        " cash_minor + 1 RETURNING sharing_id",)),
    Damage("I11", "posted otherwise than shown", "than was shown", (
        "UPDATE payments_surplus_share SET cash_minor = cash_minor + 1, capital_minor ="
        " capital_minor - 1 RETURNING sharing_id",)),
    Damage("I12", "an address read too late", "more than two hours after", (
        "UPDATE coop_audit_entry SET at = '2026-03-05 13:00:00+00' WHERE sentence ="
        " 'read the address of a visit' RETURNING id",)),
    Damage("I12", "an address read before acceptance", "had not accepted", (
        "UPDATE coop_audit_entry SET at = '2026-03-02 06:00:00+00' WHERE sentence ="
        " 'read the address of a visit' RETURNING id",)),
    Damage("I12", "an address read by somebody else", "had not accepted", (
        "UPDATE coop_audit_entry SET actor_id = gen_random_uuid() WHERE sentence ="
        " 'read the address of a visit' RETURNING id",)),
    Damage("I12", "another address read", "belongs to no such visit", (
        "UPDATE coop_audit_entry SET facts = jsonb_set(facts, '{address}', to_jsonb("
        "gen_random_uuid()::text)) WHERE sentence = 'read the address of a visit' RETURNING id",)),
]  # fmt: skip
