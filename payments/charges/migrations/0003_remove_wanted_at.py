"""Nothing ever wrote or read when a charge was wanted; when it is due stands with the visit."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("payments_charges", "0002_guards")]

    operations = [migrations.RemoveField(model_name="charge", name="wanted_at")]
