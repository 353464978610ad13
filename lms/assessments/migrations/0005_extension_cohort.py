"""An extension for a group is for that of one cohort: two cohorts may each have their “TD 1”."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0004_assignments"),
        ("cohorts", "0005_adjustments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="assignmentextension",
            name="one_extension_per_group",
        ),
        migrations.AddField(
            model_name="assignmentextension",
            name="cohort",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="cohorts.cohort",
            ),
        ),
        migrations.AlterField(
            model_name="assignmentextension",
            name="group",
            field=models.CharField(blank=True, help_text="as enrolments of that cohort name it", max_length=80),
        ),
        migrations.AddConstraint(
            model_name="assignmentextension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("group", ""), _negated=True),
                fields=("assignment", "cohort", "group"),
                name="one_extension_per_group",
            ),
        ),
    ]
