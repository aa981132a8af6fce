"""Hours are never edited: a correction is a new row."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER hours_append_only BEFORE UPDATE OR DELETE ON hours_hoursentry
    FOR EACH ROW EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER hours_append_only_all BEFORE TRUNCATE ON hours_hoursentry
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
"""
REVERSE = """
DROP TRIGGER hours_append_only_all ON hours_hoursentry;
DROP TRIGGER hours_append_only ON hours_hoursentry;
"""


class Migration(migrations.Migration):
    dependencies = [("hours", "0001_initial"), ("coop_audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
