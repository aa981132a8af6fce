"""Prices add up and stay; bookings and offers move only along their states."""

from django.db import migrations

APPEND_ONLY = ["quote", "quoteline", "offerround", "declaration", "visit"]

GUARDS = """
CREATE FUNCTION bookings_quote_sums() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted uuid;
    price bigint;
    lines bigint;
BEGIN
    wanted := CASE TG_TABLE_NAME WHEN 'bookings_quote' THEN NEW.id ELSE NULL END;
    IF wanted IS NULL THEN
        wanted := (to_jsonb(NEW) ->> 'quote_id')::uuid;
    END IF;
    SELECT price_minor INTO price FROM bookings_quote WHERE id = wanted;
    SELECT COALESCE(SUM(amount_minor), 0) INTO lines FROM bookings_quoteline WHERE quote_id = wanted;
    IF price IS NOT NULL AND price <> lines THEN
        RAISE EXCEPTION 'quote_lines_sum: the lines of % sum to %, the price is %', wanted, lines, price
            USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_lines_sum';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER quote_lines_sum AFTER INSERT ON bookings_quote
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bookings_quote_sums();
CREATE CONSTRAINT TRIGGER quote_lines_sum AFTER INSERT ON bookings_quoteline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bookings_quote_sums();

CREATE FUNCTION bookings_booking_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'requested' THEN
            RAISE EXCEPTION 'booking_moves: a booking begins as requested, not %', NEW.state
                USING ERRCODE = 'check_violation', CONSTRAINT = 'booking_moves';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state <> NEW.state AND NOT (OLD.state || '>' || NEW.state) = ANY (ARRAY[
        'requested>offered', 'requested>expired', 'requested>cancelled',
        'offered>requested', 'offered>confirmed', 'offered>expired', 'offered>cancelled',
        'confirmed>requested', 'confirmed>in_progress', 'confirmed>cancelled',
        'in_progress>done', 'in_progress>disputed', 'disputed>settled'
    ]) THEN
        RAISE EXCEPTION 'booking_moves: % does not become %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'booking_moves';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER booking_moves BEFORE INSERT OR UPDATE ON bookings_booking
    FOR EACH ROW EXECUTE FUNCTION bookings_booking_moves();

CREATE FUNCTION bookings_offer_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> NEW.state AND NOT (OLD.state || '>' || NEW.state) = ANY (ARRAY[
        'open>accepted', 'open>declined', 'open>expired', 'open>withdrawn', 'accepted>withdrawn'
    ]) THEN
        RAISE EXCEPTION 'offer_moves: % does not become %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'offer_moves';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER offer_moves BEFORE UPDATE ON bookings_offer
    FOR EACH ROW EXECUTE FUNCTION bookings_offer_moves();
"""
UNGUARD = """
DROP TRIGGER offer_moves ON bookings_offer;
DROP FUNCTION bookings_offer_moves();
DROP TRIGGER booking_moves ON bookings_booking;
DROP FUNCTION bookings_booking_moves();
DROP TRIGGER quote_lines_sum ON bookings_quoteline;
DROP TRIGGER quote_lines_sum ON bookings_quote;
DROP FUNCTION bookings_quote_sums();
"""


def _keep(table: str) -> str:
    return f"""
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON bookings_{table}
    FOR EACH ROW EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER {table}_append_only_all BEFORE TRUNCATE ON bookings_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
"""


def _let_go(table: str) -> str:
    return f"""
DROP TRIGGER {table}_append_only_all ON bookings_{table};
DROP TRIGGER {table}_append_only ON bookings_{table};
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0001_initial"), ("coop_audit", "0002_append_only")]
    operations = [
        migrations.RunSQL(GUARDS, UNGUARD),
        *(migrations.RunSQL(_keep(table), _let_go(table)) for table in APPEND_ONLY),
    ]
