import django.contrib.postgres.constraints
from django.db import migrations, models

HELP = "The household wants it next to another visit of the same time."


class Migration(migrations.Migration):
    """Visits of before stand as they are, also where two of them overlap."""

    dependencies = [("bookings", "0007_requests_once")]
    operations = [
        migrations.AddField(
            model_name="booking",
            name="beside",
            field=models.BooleanField(default=True, help_text=HELP),
        ),
        migrations.AlterField(
            model_name="booking",
            name="beside",
            field=models.BooleanField(default=False, help_text=HELP),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("beside", False),
                    ("state__in", ["requested", "offered", "confirmed", "in_progress"]),
                ),
                expressions=[("address", "="), ("during", "&&")],
                name="household_booked_once",
            ),
        ),
    ]
