"""An assignment is for several cohorts, may ask for a journey, may be extended; and where each person is in it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lms.assessments.models.asking


def several_cohorts(apps, schema_editor):
    """Keep the cohort that each assignment had as the first of its cohorts."""
    for row in apps.get_model("assessments", "Assignment").objects.exclude(cohort=None).order_by("pk"):
        row.cohorts.add(row.cohort_id)
    if schema_editor.connection.vendor == "postgresql":
        # Else the deferred checks of the rows just written would refuse the change of column that follows.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0003_focus"),
        ("cohorts", "0005_adjustments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AssignmentExtension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.CharField(blank=True, help_text="as enrolments name it", max_length=80)),
                ("closes_at", models.DateTimeField()),
                ("granted_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["assignment", "granted_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "joined_at",
                    models.DateTimeField(help_text="when they joined by the code; null: by a cohort", null=True),
                ),
                (
                    "read_at",
                    models.DateTimeField(
                        help_text="when they went on from the page that says who sees what", null=True
                    ),
                ),
                ("begun_at", models.DateTimeField(null=True)),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(default=0, help_text="begun; erasing one does not give it back"),
                ),
                ("test_finished_at", models.DateTimeField(null=True)),
                ("journey_finished_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(help_text="when nothing was left of what is asked", null=True)),
                ("silent_at", models.DateTimeField(help_text="when they stopped its reminders", null=True)),
            ],
            options={
                "ordering": ["assignment", "pk"],
            },
        ),
        migrations.AlterModelOptions(
            name="assignment",
            options={"ordering": ["opens_at", "pk"]},
        ),
        migrations.AddField(
            model_name="assignment",
            name="asks_detail",
            field=models.BooleanField(default=True, help_text="whether the detail by competency is asked for"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="closed_at",
            field=models.DateTimeField(blank=True, help_text="when somebody ended it, whatever its dates", null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="cohorts",
            field=models.ManyToManyField(blank=True, related_name="+", to="cohorts.cohort"),
        ),
        migrations.RunPython(several_cohorts, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="assignment",
            name="cohort",
        ),
        migrations.AlterField(
            model_name="assignment",
            name="cohorts",
            field=models.ManyToManyField(blank=True, related_name="assignments", to="cohorts.cohort"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="created_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="created_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="is_open",
            field=models.BooleanField(
                default=False, help_text="whoever has the code may join, in no cohort of its own"
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="journey_key",
            field=models.SlugField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="assignment",
            name="target_levels",
            field=models.JSONField(blank=True, default=dict, help_text="{code of a domain: code of a level}"),
        ),
        migrations.AddField(
            model_name="attempt",
            name="pause_minutes",
            field=models.PositiveSmallIntegerField(default=0, help_text="added to the time allowed for pauses"),
        ),
        migrations.AddField(
            model_name="attempt",
            name="time_percent",
            field=models.PositiveSmallIntegerField(default=100, help_text="of the usual time, as it was applied"),
        ),
        migrations.AlterField(
            model_name="assignment",
            name="assessment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to="assessments.assessment",
            ),
        ),
        migrations.AlterField(
            model_name="assignment",
            name="closes_at",
            field=models.DateTimeField(blank=True, help_text="the last moment at which one may begin", null=True),
        ),
        migrations.AlterField(
            model_name="assignment",
            name="code",
            field=models.CharField(default=lms.assessments.models.asking.new_code, max_length=12, unique=True),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("assessment__isnull", False), models.Q(("journey_key", ""), _negated=True), _connector="OR"
                ),
                name="assignment_asks_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at", None), ("closes_at__gt", models.F("opens_at")), _connector="OR"),
                name="assignment_closes_after_opening",
            ),
        ),
        migrations.AddField(
            model_name="assignmentextension",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="extensions", to="assessments.assignment"
            ),
        ),
        migrations.AddField(
            model_name="assignmentextension",
            name="granted_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="assignmentextension",
            name="student",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="cohorts.student",
            ),
        ),
        migrations.AddField(
            model_name="assignmentextension",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="participation",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="participations", to="assessments.assignment"
            ),
        ),
        migrations.AddField(
            model_name="participation",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="participations", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="assignmentextension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("group", ""), ("student__isnull", False), ("user", None)),
                    models.Q(("group", ""), ("student", None), ("user__isnull", False)),
                    models.Q(("student", None), ("user", None), models.Q(("group", ""), _negated=True)),
                    _connector="OR",
                ),
                name="extension_is_for_one_or_a_group",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignmentextension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("student__isnull", False)),
                fields=("assignment", "student"),
                name="one_extension_per_student",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignmentextension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)),
                fields=("assignment", "user"),
                name="one_extension_per_user",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignmentextension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("group", ""), _negated=True),
                fields=("assignment", "group"),
                name="one_extension_per_group",
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.UniqueConstraint(fields=("assignment", "user"), name="one_participation_per_person"),
        ),
    ]
