"""Graded items: thresholds."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("question_bank", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="itemcalibration",
            name="thresholds",
            field=models.JSONField(default=list, help_text="of a graded item: ascending, in logits; else empty"),
        ),
        migrations.AddField(
            model_name="releaseitem",
            name="thresholds",
            field=models.JSONField(default=list, help_text="of a graded item: ascending, in logits; else empty"),
        ),
    ]
