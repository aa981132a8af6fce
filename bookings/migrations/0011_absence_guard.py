"""A visit that did not take place is closed, also out of a dispute."""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION bookings_booking_moves() RETURNS trigger LANGUAGE plpgsql AS $$
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
        'in_progress>done', 'in_progress>disputed', 'disputed>settled',
        'confirmed>disputed', 'in_progress>cancelled', 'disputed>cancelled'
    ]) THEN
        RAISE EXCEPTION 'booking_moves: % does not become %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'booking_moves';
    END IF;
    RETURN NEW;
END $$;
"""
UNGUARD = """
CREATE OR REPLACE FUNCTION bookings_booking_moves() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0010_absence")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
