from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments_surplus", "0002_guards"),
    ]

    operations = [
        migrations.AddField(
            model_name="allotment",
            name="facts",
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name="allotment",
            name="rule",
            field=models.TextField(help_text="A sentence that names its facts."),
        ),
    ]
