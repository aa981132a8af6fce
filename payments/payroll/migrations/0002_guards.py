"""States move forward only, two people approve, and what was written on a slip stays."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION payments_payroll_run_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.period <> OLD.period OR NEW.cooperative_id <> OLD.cooperative_id
        OR NEW.currency <> OLD.currency THEN
        RAISE EXCEPTION 'pay_run_moves: the period of a pay run stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pay_run_moves';
    END IF;
    IF OLD.state <> NEW.state AND NOT (OLD.state || '>' || NEW.state) = ANY (ARRAY[
        'open>computed', 'computed>approved', 'approved>paid', 'paid>filed'
    ]) THEN
        RAISE EXCEPTION 'pay_run_moves: % does not become %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pay_run_moves';
    END IF;
    IF OLD.state <> NEW.state AND NEW.state = 'approved' AND (
        SELECT count(DISTINCT person_id) FROM payments_payroll_approval WHERE run_id = NEW.id
    ) < 2 THEN
        RAISE EXCEPTION 'pay_run_two_people: a pay run needs the approval of two people'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pay_run_two_people';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pay_run_moves BEFORE UPDATE ON payments_payroll_payrun
    FOR EACH ROW EXECUTE FUNCTION payments_payroll_run_moves();

CREATE FUNCTION payments_payroll_slips_in_open_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM written w JOIN payments_payroll_payrun r ON r.id = w.run_id
        WHERE r.state <> 'open' OR r.cooperative_id <> w.cooperative_id
    ) THEN
        RAISE EXCEPTION 'payslip_in_open_run: a payslip is written only while its run is open'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payslip_in_open_run';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER payslip_in_open_run AFTER INSERT ON payments_payroll_payslip
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION payments_payroll_slips_in_open_run();

CREATE FUNCTION payments_payroll_parts_in_open_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM written w JOIN payments_payroll_payslip s ON s.id = w.payslip_id
        JOIN payments_payroll_payrun r ON r.id = s.run_id
        WHERE r.state <> 'open' OR s.cooperative_id <> w.cooperative_id
    ) THEN
        RAISE EXCEPTION 'payslip_in_open_run: a line is written only while its run is open'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payslip_in_open_run';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER payslip_line_in_open_run AFTER INSERT ON payments_payroll_payslipline
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION payments_payroll_parts_in_open_run();
CREATE TRIGGER contribution_in_open_run AFTER INSERT ON payments_payroll_contribution
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION payments_payroll_parts_in_open_run();

CREATE FUNCTION payments_payroll_contribution_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.cooperative_id, NEW.payslip_id, NEW.worker_id, NEW.scheme, NEW.month, NEW.base_minor,
        NEW.worker_minor, NEW.employer_minor, NEW.currency, NEW.rule_id)
        IS DISTINCT FROM (OLD.cooperative_id, OLD.payslip_id, OLD.worker_id, OLD.scheme, OLD.month,
        OLD.base_minor, OLD.worker_minor, OLD.employer_minor, OLD.currency, OLD.rule_id) THEN
        RAISE EXCEPTION 'contribution_kept: the amounts of a contribution stay'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contribution_kept';
    END IF;
    IF OLD.state <> NEW.state AND NOT (OLD.state || '>' || NEW.state) = ANY (ARRAY[
        'due>deducted', 'deducted>paid', 'paid>filed', 'filed>confirmed', 'paid>queried',
        'filed>queried', 'confirmed>queried', 'queried>paid', 'queried>filed', 'queried>confirmed'
    ]) THEN
        RAISE EXCEPTION 'contribution_moves: % does not become %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contribution_moves';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER contribution_moves BEFORE UPDATE ON payments_payroll_contribution
    FOR EACH ROW EXECUTE FUNCTION payments_payroll_contribution_moves();

CREATE TRIGGER payslip_append_only BEFORE UPDATE OR DELETE ON payments_payroll_payslip
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER payslip_append_only_all BEFORE TRUNCATE ON payments_payroll_payslip
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER payslip_line_append_only BEFORE UPDATE OR DELETE ON payments_payroll_payslipline
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER payslip_line_append_only_all BEFORE TRUNCATE ON payments_payroll_payslipline
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER approval_append_only BEFORE UPDATE OR DELETE ON payments_payroll_approval
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER approval_append_only_all BEFORE TRUNCATE ON payments_payroll_approval
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER contribution_kept BEFORE DELETE ON payments_payroll_contribution
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER contribution_kept_all BEFORE TRUNCATE ON payments_payroll_contribution
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER pay_run_kept BEFORE DELETE ON payments_payroll_payrun
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER pay_run_kept_all BEFORE TRUNCATE ON payments_payroll_payrun
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
"""
REVERSE = """
DROP TRIGGER pay_run_kept_all ON payments_payroll_payrun;
DROP TRIGGER pay_run_kept ON payments_payroll_payrun;
DROP TRIGGER contribution_kept_all ON payments_payroll_contribution;
DROP TRIGGER contribution_kept ON payments_payroll_contribution;
DROP TRIGGER approval_append_only_all ON payments_payroll_approval;
DROP TRIGGER approval_append_only ON payments_payroll_approval;
DROP TRIGGER payslip_line_append_only_all ON payments_payroll_payslipline;
DROP TRIGGER payslip_line_append_only ON payments_payroll_payslipline;
DROP TRIGGER payslip_append_only_all ON payments_payroll_payslip;
DROP TRIGGER payslip_append_only ON payments_payroll_payslip;
DROP TRIGGER contribution_moves ON payments_payroll_contribution;
DROP FUNCTION payments_payroll_contribution_moves();
DROP TRIGGER contribution_in_open_run ON payments_payroll_contribution;
DROP TRIGGER payslip_line_in_open_run ON payments_payroll_payslipline;
DROP FUNCTION payments_payroll_parts_in_open_run();
DROP TRIGGER payslip_in_open_run ON payments_payroll_payslip;
DROP FUNCTION payments_payroll_slips_in_open_run();
DROP TRIGGER pay_run_moves ON payments_payroll_payrun;
DROP FUNCTION payments_payroll_run_moves();
"""


class Migration(migrations.Migration):
    dependencies = [("payments_payroll", "0001_initial"), ("coop_audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
