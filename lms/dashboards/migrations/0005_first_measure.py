"""When somebody was measured for the first time: weeks that are past do not change when a test is taken again.

Rows written before count at their last measure until their person does something, or `rebuild_rollups` counts again.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dashboards", "0004_tries")]

    operations = [
        migrations.AddField(
            model_name="learnersummary",
            name="first_measured_at",
            field=models.DateTimeField(help_text="null in rows written before it was kept", null=True),
        ),
        migrations.AlterField(
            model_name="learnersummary",
            name="measured_at",
            field=models.DateTimeField(help_text="the last measure", null=True),
        ),
    ]
