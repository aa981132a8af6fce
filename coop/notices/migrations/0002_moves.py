"""A notice moves only along its states."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION notices_notice_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> NEW.state AND NOT (OLD.state || '>' || NEW.state) = ANY (ARRAY[
        'due>sent', 'due>failed', 'due>delivered', 'sent>delivered', 'sent>due', 'failed>delivered'
    ]) THEN
        RAISE EXCEPTION 'notice_moves: % does not become %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'notice_moves';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER notice_moves BEFORE UPDATE ON coop_notices_notice
    FOR EACH ROW EXECUTE FUNCTION notices_notice_moves();
"""
REVERSE = """
DROP TRIGGER notice_moves ON coop_notices_notice;
DROP FUNCTION notices_notice_moves();
"""


class Migration(migrations.Migration):
    dependencies = [("coop_notices", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
