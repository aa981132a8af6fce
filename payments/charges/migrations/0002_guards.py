"""What the database itself refuses: illegal moves, edits of what is past, gaps, and too much money."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION charges_refuse(promise text, sentence text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = promise, MESSAGE = sentence;
END $$;
CREATE FUNCTION charges_never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM charges_refuse(TG_ARGV[0], TG_TABLE_NAME || ' is append-only');
    RETURN NULL;
END $$;
"""
REFUSE_UNDO = "DROP FUNCTION charges_never(); DROP FUNCTION charges_refuse(text, text);"

CHARGE = """
CREATE FUNCTION charges_charge_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moves constant text[] := ARRAY[
        'draft>held', 'draft>captured', 'draft>failed', 'draft>released',
        'failed>held', 'failed>captured', 'failed>released',
        'held>captured', 'held>released', 'held>failed',
        'captured>settled', 'captured>refunded', 'settled>refunded'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            PERFORM charges_refuse('charge_moves', 'a charge begins as a draft');
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state AND NOT (OLD.state || '>' || NEW.state = ANY (moves)) THEN
        PERFORM charges_refuse('charge_moves',
            'a charge does not move from ' || OLD.state || ' to ' || NEW.state);
    END IF;
    IF (NEW.cooperative_id, NEW.household_id, NEW.booking_id, NEW.part, NEW.amount_minor, NEW.currency)
        IS DISTINCT FROM
       (OLD.cooperative_id, OLD.household_id, OLD.booking_id, OLD.part, OLD.amount_minor, OLD.currency)
       OR NEW.captured_minor < OLD.captured_minor OR NEW.refunded_minor < OLD.refunded_minor THEN
        PERFORM charges_refuse('charge_is_kept', 'what was charged, taken or given back stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER charge_moves BEFORE INSERT OR UPDATE ON payments_charges_charge
    FOR EACH ROW EXECUTE FUNCTION charges_charge_moves();
CREATE TRIGGER charge_never_deleted BEFORE DELETE ON payments_charges_charge
    FOR EACH ROW EXECUTE FUNCTION charges_never('charge_never_deleted');
"""
CHARGE_UNDO = """
DROP TRIGGER charge_never_deleted ON payments_charges_charge;
DROP TRIGGER charge_moves ON payments_charges_charge;
DROP FUNCTION charges_charge_moves();
"""

LINES = """
CREATE FUNCTION charges_lines_sum() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked bigint;
    summed bigint;
    which uuid;
BEGIN
    which := CASE WHEN TG_TABLE_NAME = 'payments_charges_charge'
        THEN (to_jsonb(NEW) ->> 'id')::uuid ELSE (to_jsonb(NEW) ->> 'charge_id')::uuid END;
    SELECT amount_minor INTO asked FROM payments_charges_charge WHERE id = which;
    SELECT coalesce(sum(amount_minor), 0) INTO summed
        FROM payments_charges_chargeline WHERE charge_id = which;
    IF asked <> summed THEN
        PERFORM charges_refuse('charge_lines_sum', 'the lines of a charge sum to its amount');
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER charge_lines_sum_charge AFTER INSERT ON payments_charges_charge
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION charges_lines_sum();
CREATE CONSTRAINT TRIGGER charge_lines_sum_line AFTER INSERT ON payments_charges_chargeline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION charges_lines_sum();
CREATE TRIGGER charge_line_is_kept BEFORE UPDATE OR DELETE ON payments_charges_chargeline
    FOR EACH ROW EXECUTE FUNCTION charges_never('charge_line_is_kept');
"""
LINES_UNDO = """
DROP TRIGGER charge_line_is_kept ON payments_charges_chargeline;
DROP TRIGGER charge_lines_sum_line ON payments_charges_chargeline;
DROP TRIGGER charge_lines_sum_charge ON payments_charges_charge;
DROP FUNCTION charges_lines_sum();
"""

INTENT = """
CREATE FUNCTION charges_intent_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('done', 'failed')
       OR (OLD.state = 'unsure' AND NEW.state = 'stored')
       OR (NEW.id, NEW.kind, NEW.charge_id, NEW.saved_card_id, NEW.refund_id, NEW.amount_minor,
           NEW.currency, NEW.stored_at, NEW.attempt, NEW.cooperative_id)
          IS DISTINCT FROM
          (OLD.id, OLD.kind, OLD.charge_id, OLD.saved_card_id, OLD.refund_id, OLD.amount_minor,
           OLD.currency, OLD.stored_at, OLD.attempt, OLD.cooperative_id) THEN
        PERFORM charges_refuse('intent_moves', 'what was asked of the provider stays as it was');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER intent_moves BEFORE UPDATE ON payments_charges_intent
    FOR EACH ROW EXECUTE FUNCTION charges_intent_moves();
CREATE TRIGGER intent_never_deleted BEFORE DELETE ON payments_charges_intent
    FOR EACH ROW EXECUTE FUNCTION charges_never('intent_never_deleted');
CREATE FUNCTION charges_card_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NOT (OLD.state || '>' || NEW.state = ANY (
        ARRAY['asked>active', 'asked>refused', 'active>removed'])) THEN
        PERFORM charges_refuse('saved_card_moves',
            'a card does not move from ' || OLD.state || ' to ' || NEW.state);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER saved_card_moves BEFORE UPDATE ON payments_charges_savedcard
    FOR EACH ROW EXECUTE FUNCTION charges_card_moves();
"""
INTENT_UNDO = """
DROP TRIGGER saved_card_moves ON payments_charges_savedcard;
DROP FUNCTION charges_card_moves();
DROP TRIGGER intent_never_deleted ON payments_charges_intent;
DROP TRIGGER intent_moves ON payments_charges_intent;
DROP FUNCTION charges_intent_moves();
"""

REFUND = """
CREATE FUNCTION charges_refund_within() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    taken bigint;
    given bigint;
BEGIN
    SELECT captured_minor INTO taken FROM payments_charges_charge
        WHERE id = NEW.charge_id AND currency = NEW.currency FOR UPDATE;
    SELECT coalesce(sum(amount_minor), 0) INTO given FROM payments_charges_refund
        WHERE charge_id = NEW.charge_id AND state <> 'failed' AND id <> NEW.id;
    IF NEW.state <> 'failed' AND (taken IS NULL OR given + NEW.amount_minor > taken) THEN
        PERFORM charges_refuse('refund_within_captured',
            'refunds never exceed what was captured');
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.state <> 'asked'
        OR (NEW.charge_id, NEW.amount_minor, NEW.currency, NEW.borne_by)
           IS DISTINCT FROM (OLD.charge_id, OLD.amount_minor, OLD.currency, OLD.borne_by)) THEN
        PERFORM charges_refuse('refund_moves', 'a refund that ended stays as it was');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER refund_within_captured BEFORE INSERT OR UPDATE ON payments_charges_refund
    FOR EACH ROW EXECUTE FUNCTION charges_refund_within();
CREATE TRIGGER refund_never_deleted BEFORE DELETE ON payments_charges_refund
    FOR EACH ROW EXECUTE FUNCTION charges_never('refund_never_deleted');
"""
REFUND_UNDO = """
DROP TRIGGER refund_never_deleted ON payments_charges_refund;
DROP TRIGGER refund_within_captured ON payments_charges_refund;
DROP FUNCTION charges_refund_within();
"""

RECEIPT = """
CREATE FUNCTION charges_receipt_gapless() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    latest integer;
BEGIN
    SELECT coalesce(max(number), 0) INTO latest FROM payments_charges_receipt
        WHERE cooperative_id = NEW.cooperative_id;
    IF NEW.number <> latest + 1 THEN
        PERFORM charges_refuse('receipt_gapless', 'the next receipt is number ' || latest + 1);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER receipt_gapless BEFORE INSERT ON payments_charges_receipt
    FOR EACH ROW EXECUTE FUNCTION charges_receipt_gapless();
CREATE TRIGGER receipt_is_kept BEFORE UPDATE OR DELETE ON payments_charges_receipt
    FOR EACH ROW EXECUTE FUNCTION charges_never('receipt_is_kept');
CREATE FUNCTION charges_receipts_sum() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    which uuid;
    taken bigint;
    summed bigint;
    by_rail text;
BEGIN
    which := CASE WHEN TG_TABLE_NAME = 'payments_charges_charge'
        THEN (to_jsonb(NEW) ->> 'id')::uuid ELSE (to_jsonb(NEW) ->> 'charge_id')::uuid END;
    SELECT captured_minor, rail INTO taken, by_rail
        FROM payments_charges_charge WHERE id = which;
    SELECT coalesce(sum(amount_minor), 0) INTO summed
        FROM payments_charges_receipt WHERE charge_id = which;
    IF (by_rail = 'manual' AND taken <> summed) OR (by_rail = 'card' AND summed <> 0) THEN
        PERFORM charges_refuse('receipts_sum', 'what was received by hand is what the receipts say');
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER receipts_sum_charge AFTER INSERT OR UPDATE ON payments_charges_charge
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION charges_receipts_sum();
CREATE CONSTRAINT TRIGGER receipts_sum_receipt AFTER INSERT ON payments_charges_receipt
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION charges_receipts_sum();
"""
RECEIPT_UNDO = """
DROP TRIGGER receipts_sum_receipt ON payments_charges_receipt;
DROP TRIGGER receipts_sum_charge ON payments_charges_charge;
DROP FUNCTION charges_receipts_sum();
DROP TRIGGER receipt_is_kept ON payments_charges_receipt;
DROP TRIGGER receipt_gapless ON payments_charges_receipt;
DROP FUNCTION charges_receipt_gapless();
"""

WEBHOOK = """
CREATE FUNCTION charges_webhook_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'stored'
       OR (NEW.provider_id, NEW.kind, NEW.raw, NEW.object_ref, NEW.received_at)
          IS DISTINCT FROM (OLD.provider_id, OLD.kind, OLD.raw, OLD.object_ref, OLD.received_at)
    THEN
        PERFORM charges_refuse('webhook_is_kept', 'what was heard stays as it was heard');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER webhook_is_kept BEFORE UPDATE ON payments_charges_webhookevent
    FOR EACH ROW EXECUTE FUNCTION charges_webhook_moves();
CREATE TRIGGER webhook_never_deleted BEFORE DELETE ON payments_charges_webhookevent
    FOR EACH ROW EXECUTE FUNCTION charges_never('webhook_never_deleted');
"""
WEBHOOK_UNDO = """
DROP TRIGGER webhook_never_deleted ON payments_charges_webhookevent;
DROP TRIGGER webhook_is_kept ON payments_charges_webhookevent;
DROP FUNCTION charges_webhook_moves();
"""


class Migration(migrations.Migration):
    dependencies = [("payments_charges", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, REFUSE_UNDO),
        migrations.RunSQL(CHARGE, CHARGE_UNDO),
        migrations.RunSQL(LINES, LINES_UNDO),
        migrations.RunSQL(INTENT, INTENT_UNDO),
        migrations.RunSQL(REFUND, REFUND_UNDO),
        migrations.RunSQL(RECEIPT, RECEIPT_UNDO),
        migrations.RunSQL(WEBHOOK, WEBHOOK_UNDO),
    ]
