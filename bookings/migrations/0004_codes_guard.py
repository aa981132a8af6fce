"""The count of wrong codes never falls: who guesses gets no fresh tries."""

from django.db import migrations

GUARD = """
CREATE FUNCTION bookings_wrong_codes_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.wrong_codes < OLD.wrong_codes THEN
        RAISE EXCEPTION 'booking_wrong_codes_kept: % wrong codes do not become %', OLD.wrong_codes, NEW.wrong_codes
            USING ERRCODE = 'check_violation', CONSTRAINT = 'booking_wrong_codes_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER booking_wrong_codes_kept BEFORE UPDATE OF wrong_codes ON bookings_booking
    FOR EACH ROW EXECUTE FUNCTION bookings_wrong_codes_kept();
"""
UNGUARD = """
DROP TRIGGER booking_wrong_codes_kept ON bookings_booking;
DROP FUNCTION bookings_wrong_codes_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0003_silence_and_codes")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
