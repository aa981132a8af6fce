from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0008_beside"),
    ]

    operations = [
        migrations.AddField(
            model_name="quoteline",
            name="facts",
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name="quoteline",
            name="rule",
            field=models.TextField(help_text="A sentence that names its facts."),
        ),
    ]
