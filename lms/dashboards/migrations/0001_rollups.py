import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cohorts", "0005_adjustments"),
        ("assessments", "0004_assignments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RollupDelta",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cohort_id", models.BigIntegerField()),
                ("programme_id", models.BigIntegerField()),
                ("institution_id", models.BigIntegerField()),
                ("university_id", models.BigIntegerField(default=0, help_text="0: none")),
                ("academic_year", models.CharField(max_length=9)),
                ("scopes", models.PositiveIntegerField()),
                ("measure", models.CharField(max_length=20)),
                ("code", models.CharField(blank=True, max_length=60)),
                ("week_date", models.DateField()),
                ("value", models.BigIntegerField()),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ErasedContribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cohort_id", models.BigIntegerField()),
                ("programme_id", models.BigIntegerField()),
                ("institution_id", models.BigIntegerField()),
                ("university_id", models.BigIntegerField(default=0, help_text="0: none")),
                ("academic_year", models.CharField(max_length=9)),
                ("scopes", models.PositiveIntegerField()),
                ("measure", models.CharField(max_length=20)),
                ("code", models.CharField(blank=True, max_length=60)),
                ("week_date", models.DateField()),
                ("value", models.BigIntegerField()),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "cohort_id",
                            "programme_id",
                            "institution_id",
                            "university_id",
                            "academic_year",
                            "scopes",
                            "measure",
                            "code",
                            "week_date",
                        ),
                        name="one_erased_contribution",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rollup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.PositiveSmallIntegerField()),
                ("scope_id", models.BigIntegerField(default=0)),
                ("programme_id", models.BigIntegerField(default=0)),
                ("academic_year", models.CharField(blank=True, max_length=9)),
                ("measure", models.CharField(max_length=20)),
                ("code", models.CharField(blank=True, max_length=60)),
                ("week_date", models.DateField()),
                ("value", models.BigIntegerField(default=0)),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "scope_id", "academic_year", "week_date", "programme_id", "measure", "code"),
                        name="one_rollup_row",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CompletedJourney",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("journey", models.SlugField(max_length=100)),
                ("completed_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="completed_journeys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["completed_at", "pk"],
                "constraints": [models.UniqueConstraint(fields=("user", "journey"), name="one_completed_journey")],
            },
        ),
        migrations.CreateModel(
            name="LearnerSummary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("academic_year", models.CharField(max_length=9)),
                ("scopes", models.PositiveIntegerField(default=0)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("begun_at", models.DateTimeField(null=True)),
                ("last_step_at", models.DateTimeField(null=True)),
                ("measured_at", models.DateTimeField(null=True)),
                ("attempt", models.UUIDField(help_text="of the last measure", null=True)),
                ("score", models.PositiveSmallIntegerField(null=True)),
                ("low", models.PositiveSmallIntegerField(null=True)),
                ("high", models.PositiveSmallIntegerField(null=True)),
                ("level", models.CharField(blank=True, max_length=50)),
                ("domains", models.JSONField(default=dict)),
                ("competencies", models.JSONField(default=dict)),
                ("errors", models.JSONField(default=dict)),
                ("is_at_target", models.BooleanField(default=False)),
                ("is_ready", models.BooleanField(default=False)),
                ("pass_probability", models.FloatField(null=True)),
                ("modules_completed", models.PositiveSmallIntegerField(default=0)),
                ("minutes", models.PositiveIntegerField(default=0, help_text="online")),
                ("taught_minutes", models.PositiveIntegerField(default=0, help_text="in class, with the cohort")),
                ("journey_completed_at", models.DateTimeField(null=True)),
                ("trained_date", models.DateField(null=True)),
                (
                    "trained_means",
                    models.CharField(
                        blank=True, choices=[("measured", "Measured"), ("declared", "Declared")], max_length=8
                    ),
                ),
                ("certified_date", models.DateField(null=True)),
                ("is_sharing", models.BooleanField(default=False)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cohorts.cohort"
                    ),
                ),
                (
                    "enrolment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="summary", to="cohorts.enrolment"
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cohorts.institution"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cohorts.programme"
                    ),
                ),
                (
                    "university",
                    models.ForeignKey(
                        help_text="who counts the person",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cohorts.institution",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["cohort", "enrolment"],
                "indexes": [
                    models.Index(fields=["institution", "academic_year", "trained_date"], name="summary_trained"),
                    models.Index(fields=["cohort", "last_step_at"], name="summary_last_step"),
                ],
            },
        ),
    ]
