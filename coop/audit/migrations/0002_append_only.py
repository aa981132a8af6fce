"""The trail is append-only, and the function that says so serves every append-only table."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION letsema_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append_only: % keeps what was written', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'append_only';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON coop_audit_entry
    FOR EACH ROW EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER audit_append_only_all BEFORE TRUNCATE ON coop_audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
"""
REVERSE = """
DROP TRIGGER audit_append_only_all ON coop_audit_entry;
DROP TRIGGER audit_append_only ON coop_audit_entry;
DROP FUNCTION letsema_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("coop_audit", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
