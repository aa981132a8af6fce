"""Ending a seat on the board needs somebody else there that day; one key never opens two locks."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION members_board_never_empty() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last date := CASE WHEN isempty(NEW.term) THEN lower(OLD.term) ELSE upper(NEW.term) END;
BEGIN
    IF OLD.name <> 'board' OR isempty(OLD.term) OR last >= upper(OLD.term) THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM members_cooperative WHERE id = OLD.cooperative_id FOR NO KEY UPDATE;
    IF NOT EXISTS (
        SELECT 1 FROM members_office o WHERE o.cooperative_id = OLD.cooperative_id
            AND o.name = 'board' AND o.id <> OLD.id AND o.term @> last
    ) THEN
        RAISE EXCEPTION 'board_never_empty: nobody else is on the board on %', last
            USING ERRCODE = 'check_violation', CONSTRAINT = 'board_never_empty';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER board_never_empty BEFORE UPDATE OF term ON members_office
    FOR EACH ROW EXECUTE FUNCTION members_board_never_empty();
CREATE FUNCTION members_office_motion_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'waiting' OR (OLD.user_id, OLD.name, OLD.from_on, OLD.asked_by_id, OLD.asked_at)
        IS DISTINCT FROM (NEW.user_id, NEW.name, NEW.from_on, NEW.asked_by_id, NEW.asked_at)
        OR OLD.office_id IS DISTINCT FROM NEW.office_id OR OLD.until_on IS DISTINCT FROM NEW.until_on
    THEN
        RAISE EXCEPTION 'office_motion_moves: what was asked stays as it was asked'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'office_motion_moves';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER office_motion_moves BEFORE UPDATE ON members_officemotion
    FOR EACH ROW EXECUTE FUNCTION members_office_motion_moves();
"""
REVERSE = """
DROP TRIGGER office_motion_moves ON members_officemotion;
DROP FUNCTION members_office_motion_moves();
DROP TRIGGER board_never_empty ON members_office;
DROP FUNCTION members_board_never_empty();
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0006_office_motions")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
