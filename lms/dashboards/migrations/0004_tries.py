"""How often somebody was measured, and how well before: no page counts attempts any more.

Rows written before have no try until their person does something, or `rebuild_rollups` counts again.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dashboards", "0003_snapshots")]

    operations = [
        migrations.AddField(
            model_name="learnersummary",
            name="tries",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, help_text="finished measures of the whole"),
        ),
        migrations.AddField(
            model_name="learnersummary",
            name="best_before",
            field=models.PositiveSmallIntegerField(help_text="the best score before the last measure", null=True),
        ),
    ]
