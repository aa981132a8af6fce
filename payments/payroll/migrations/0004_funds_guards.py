"""A payment to a fund keeps its sum and needs two people; no contribution moves without its step."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION payments_payroll_remittance_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.cooperative_id, NEW.scheme, NEW.month, NEW.amount_minor, NEW.currency, NEW.made_by_id)
        IS DISTINCT FROM (OLD.cooperative_id, OLD.scheme, OLD.month, OLD.amount_minor,
        OLD.currency, OLD.made_by_id) THEN
        RAISE EXCEPTION 'remittance_kept: the sum of a remittance stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'remittance_kept';
    END IF;
    IF OLD.state <> NEW.state AND NOT (OLD.state || '>' || NEW.state) = ANY (ARRAY[
        'made>approved', 'approved>paid'
    ]) THEN
        RAISE EXCEPTION 'remittance_moves: % does not become %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'remittance_moves';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER remittance_moves BEFORE UPDATE ON payments_payroll_remittance
    FOR EACH ROW EXECUTE FUNCTION payments_payroll_remittance_moves();
CREATE TRIGGER remittance_kept BEFORE DELETE ON payments_payroll_remittance
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER remittance_kept_all BEFORE TRUNCATE ON payments_payroll_remittance
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();

CREATE FUNCTION payments_payroll_remittance_sums() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.amount_minor <> COALESCE((
        SELECT sum(worker_minor + employer_minor) FROM payments_payroll_contribution
        WHERE remittance_id = NEW.id AND cooperative_id = NEW.cooperative_id
          AND scheme = NEW.scheme AND month = NEW.month
    ), 0) THEN
        RAISE EXCEPTION 'remittance_sums: a remittance is the sum of its contributions'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'remittance_sums';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER remittance_sums AFTER INSERT OR UPDATE ON payments_payroll_remittance
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION payments_payroll_remittance_sums();

CREATE FUNCTION payments_payroll_contribution_sent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.remittance_id IS NOT NULL AND NEW.remittance_id IS DISTINCT FROM OLD.remittance_id THEN
        RAISE EXCEPTION 'contribution_kept: a contribution stays in its remittance'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contribution_kept';
    END IF;
    IF NEW.remittance_id IS NOT NULL AND OLD.remittance_id IS NULL AND NEW.state <> 'deducted' THEN
        RAISE EXCEPTION 'contribution_sent_by_two: only what was deducted goes into a remittance'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contribution_sent_by_two';
    END IF;
    IF OLD.state = 'deducted' AND NEW.state = 'paid' AND NOT EXISTS (
        SELECT 1 FROM payments_payroll_remittance r
        WHERE r.id = NEW.remittance_id AND r.state = 'paid'
    ) THEN
        RAISE EXCEPTION 'contribution_sent_by_two: a contribution is paid by a remittance'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contribution_sent_by_two';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER contribution_sent BEFORE UPDATE ON payments_payroll_contribution
    FOR EACH ROW EXECUTE FUNCTION payments_payroll_contribution_sent();

CREATE FUNCTION payments_payroll_contribution_has_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM payments_payroll_contributionstep s
        WHERE s.contribution_id = NEW.id AND s.cooperative_id = NEW.cooperative_id
          AND s.state = NEW.state AND s.at = NEW.moved_at
    ) THEN
        RAISE EXCEPTION 'contribution_has_step: a contribution moves with a step that says who'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contribution_has_step';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER contribution_has_step
    AFTER UPDATE OF state ON payments_payroll_contribution
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.state <> NEW.state AND NEW.state NOT IN ('due', 'deducted'))
    EXECUTE FUNCTION payments_payroll_contribution_has_step();

CREATE TRIGGER contribution_step_append_only
    BEFORE UPDATE OR DELETE ON payments_payroll_contributionstep
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER contribution_step_append_only_all
    BEFORE TRUNCATE ON payments_payroll_contributionstep
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER document_append_only BEFORE UPDATE OR DELETE ON payments_payroll_document
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER document_append_only_all BEFORE TRUNCATE ON payments_payroll_document
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
"""
REVERSE = """
DROP TRIGGER document_append_only_all ON payments_payroll_document;
DROP TRIGGER document_append_only ON payments_payroll_document;
DROP TRIGGER contribution_step_append_only_all ON payments_payroll_contributionstep;
DROP TRIGGER contribution_step_append_only ON payments_payroll_contributionstep;
DROP TRIGGER contribution_has_step ON payments_payroll_contribution;
DROP FUNCTION payments_payroll_contribution_has_step();
DROP TRIGGER contribution_sent ON payments_payroll_contribution;
DROP FUNCTION payments_payroll_contribution_sent();
DROP TRIGGER remittance_sums ON payments_payroll_remittance;
DROP FUNCTION payments_payroll_remittance_sums();
DROP TRIGGER remittance_kept_all ON payments_payroll_remittance;
DROP TRIGGER remittance_kept ON payments_payroll_remittance;
DROP TRIGGER remittance_moves ON payments_payroll_remittance;
DROP FUNCTION payments_payroll_remittance_moves();
"""


class Migration(migrations.Migration):
    dependencies = [("payments_payroll", "0003_funds"), ("coop_audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
