"""Every entry balances, is written in one statement with its postings, and stays as it is.

The checks look at a statement's rows as a set, so a thousand postings cost one check.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION payments_ledger_postings_checked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM written w
        JOIN payments_ledger_account a ON a.id = w.account_id
        JOIN payments_ledger_entry e ON e.id = w.entry_id
        WHERE a.currency <> w.currency OR a.cooperative_id <> w.cooperative_id
            OR e.cooperative_id <> w.cooperative_id
    ) THEN
        RAISE EXCEPTION 'posting_belongs: a posting has another currency or cooperative than its account'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'posting_belongs';
    END IF;
    IF EXISTS (
        SELECT 1 FROM written GROUP BY entry_id, currency HAVING sum(amount_minor) <> 0
    ) THEN
        RAISE EXCEPTION 'entry_balanced: an entry does not sum to zero'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'entry_balanced';
    END IF;
    IF EXISTS (SELECT 1 FROM written GROUP BY entry_id HAVING count(*) < 2) THEN
        RAISE EXCEPTION 'entry_two_legs: an entry needs two postings in one statement'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'entry_two_legs';
    END IF;
    IF EXISTS (
        SELECT 1 FROM payments_ledger_posting p
        WHERE p.entry_id IN (SELECT entry_id FROM written)
            AND NOT EXISTS (SELECT 1 FROM written w WHERE w.id = p.id)
    ) THEN
        RAISE EXCEPTION 'entry_sealed: an entry takes no posting after its own statement'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'entry_sealed';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER postings_checked AFTER INSERT ON payments_ledger_posting
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION payments_ledger_postings_checked();

CREATE FUNCTION payments_ledger_entry_has_postings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM payments_ledger_posting WHERE entry_id = NEW.id) THEN
        RAISE EXCEPTION 'entry_has_postings: an entry without postings cannot be kept'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'entry_has_postings';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER entry_has_postings AFTER INSERT ON payments_ledger_entry
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION payments_ledger_entry_has_postings();
"""
REVERSE = """
DROP TRIGGER entry_has_postings ON payments_ledger_entry;
DROP FUNCTION payments_ledger_entry_has_postings();
DROP TRIGGER postings_checked ON payments_ledger_posting;
DROP FUNCTION payments_ledger_postings_checked();
"""
for _table in ("account", "entry", "posting"):
    FORWARD += f"""
CREATE TRIGGER {_table}_append_only BEFORE UPDATE OR DELETE ON payments_ledger_{_table}
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER {_table}_append_only_all BEFORE TRUNCATE ON payments_ledger_{_table}
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
"""
    REVERSE = (
        f"""
DROP TRIGGER {_table}_append_only_all ON payments_ledger_{_table};
DROP TRIGGER {_table}_append_only ON payments_ledger_{_table};
"""
        + REVERSE
    )


class Migration(migrations.Migration):
    dependencies = [("payments_ledger", "0001_initial"), ("coop_audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
