"""Rungs and shares sum to the surplus when the transaction ends, and stay as they were shown."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION payments_surplus_sums() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    which uuid;
    wrong boolean;
BEGIN
    IF TG_TABLE_NAME = 'payments_surplus_sharing' THEN
        which := NEW.id;
    ELSE
        which := NEW.sharing_id;
    END IF;
    SELECT s.surplus_minor <> coalesce(
            (SELECT sum(a.amount_minor) FROM payments_surplus_allotment a
             WHERE a.sharing_id = s.id), 0)
        + coalesce(
            (SELECT sum(p.amount_minor) FROM payments_surplus_share p
             WHERE p.sharing_id = s.id), 0)
    INTO wrong FROM payments_surplus_sharing s WHERE s.id = which;
    IF wrong THEN
        RAISE EXCEPTION 'shares_sum: the shares do not sum to the surplus'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'shares_sum';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER shares_sum AFTER INSERT ON payments_surplus_sharing
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION payments_surplus_sums();
CREATE CONSTRAINT TRIGGER shares_sum_allotment AFTER INSERT ON payments_surplus_allotment
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION payments_surplus_sums();
CREATE CONSTRAINT TRIGGER shares_sum_share AFTER INSERT ON payments_surplus_share
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION payments_surplus_sums();

CREATE FUNCTION payments_surplus_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.cooperative_id, NEW.period, NEW.surplus_minor, NEW.patronage_minor, NEW.currency,
        NEW.policy_version_id)
        IS DISTINCT FROM (OLD.cooperative_id, OLD.period, OLD.surplus_minor, OLD.patronage_minor,
        OLD.currency, OLD.policy_version_id) THEN
        RAISE EXCEPTION 'sharing_kept: what was proposed stays; propose anew'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sharing_kept';
    END IF;
    IF OLD.state <> NEW.state AND NOT (OLD.state || '>' || NEW.state) = ANY (ARRAY[
        'proposed>posted', 'proposed>withdrawn'
    ]) THEN
        RAISE EXCEPTION 'sharing_moves: % does not become %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sharing_moves';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sharing_moves BEFORE UPDATE ON payments_surplus_sharing
    FOR EACH ROW EXECUTE FUNCTION payments_surplus_moves();

CREATE TRIGGER sharing_kept BEFORE DELETE ON payments_surplus_sharing
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER sharing_kept_all BEFORE TRUNCATE ON payments_surplus_sharing
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER allotment_append_only BEFORE UPDATE OR DELETE ON payments_surplus_allotment
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER allotment_append_only_all BEFORE TRUNCATE ON payments_surplus_allotment
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER share_append_only BEFORE UPDATE OR DELETE ON payments_surplus_share
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER share_append_only_all BEFORE TRUNCATE ON payments_surplus_share
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
"""
REVERSE = """
DROP TRIGGER share_append_only_all ON payments_surplus_share;
DROP TRIGGER share_append_only ON payments_surplus_share;
DROP TRIGGER allotment_append_only_all ON payments_surplus_allotment;
DROP TRIGGER allotment_append_only ON payments_surplus_allotment;
DROP TRIGGER sharing_kept_all ON payments_surplus_sharing;
DROP TRIGGER sharing_kept ON payments_surplus_sharing;
DROP TRIGGER sharing_moves ON payments_surplus_sharing;
DROP FUNCTION payments_surplus_moves();
DROP TRIGGER shares_sum_share ON payments_surplus_share;
DROP TRIGGER shares_sum_allotment ON payments_surplus_allotment;
DROP TRIGGER shares_sum ON payments_surplus_sharing;
DROP FUNCTION payments_surplus_sums();
"""


class Migration(migrations.Migration):
    dependencies = [("payments_surplus", "0001_initial"), ("coop_audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
