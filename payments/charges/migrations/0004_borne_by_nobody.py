"""What a household had paid too much goes back to it, and nobody bears it."""

from django.db import migrations, models

NAME = "refund_never_borne_by_a_worker"


class Migration(migrations.Migration):
    dependencies = [("payments_charges", "0003_remove_wanted_at")]

    operations = [
        migrations.RemoveConstraint(model_name="refund", name=NAME),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Q(borne_by__in=["cooperative", "nobody"]), name=NAME
            ),
        ),
    ]
