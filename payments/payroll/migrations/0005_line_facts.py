from django.db import migrations, models

SAYS = "A sentence that names its facts."


class Migration(migrations.Migration):
    dependencies = [
        ("payments_payroll", "0004_funds_guards"),
    ]

    operations = [
        migrations.AddField(
            model_name="payslipline",
            name="facts",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="contribution",
            name="facts",
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name="payslipline",
            name="rule",
            field=models.TextField(blank=True, help_text=SAYS),
        ),
        migrations.AlterField(
            model_name="contribution",
            name="rule",
            field=models.TextField(help_text=SAYS),
        ),
    ]
