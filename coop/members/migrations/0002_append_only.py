"""A consent is never overwritten; a membership moves only along its states."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER consent_append_only BEFORE UPDATE OR DELETE ON members_consent
    FOR EACH ROW EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER consent_append_only_all BEFORE TRUNCATE ON members_consent
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
CREATE FUNCTION members_membership_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> NEW.state AND NOT (OLD.state || '>' || NEW.state) = ANY (ARRAY[
        'applicant>trial', 'applicant>member', 'applicant>left', 'trial>member', 'trial>left',
        'member>on_leave', 'member>suspended', 'member>left', 'on_leave>member', 'on_leave>left',
        'suspended>member', 'suspended>left'
    ]) THEN
        RAISE EXCEPTION 'membership_moves: % does not become %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_moves';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER membership_moves BEFORE UPDATE ON members_membership
    FOR EACH ROW EXECUTE FUNCTION members_membership_moves();
"""
REVERSE = """
DROP TRIGGER membership_moves ON members_membership;
DROP FUNCTION members_membership_moves();
DROP TRIGGER consent_append_only_all ON members_consent;
DROP TRIGGER consent_append_only ON members_consent;
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial"), ("coop_audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
