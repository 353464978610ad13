"""What an institution grants somebody for a test: more time, pauses."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0004_rosters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Accommodation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "time_percent",
                    models.PositiveSmallIntegerField(
                        choices=[(100, "temps habituel"), (133, "temps × 1,33"), (150, "temps × 1,5")], default=100
                    ),
                ),
                (
                    "pause_minutes",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="added to the time allowed, taken when one likes"
                    ),
                ),
                ("granted_at", models.DateTimeField()),
                (
                    "granted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "student",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="accommodation", to="cohorts.student"
                    ),
                ),
            ],
            options={
                "ordering": ["student"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("time_percent__in", (100, 133, 150))), name="time_is_one_of_three"
                    ),
                    models.CheckConstraint(condition=models.Q(("pause_minutes__lte", 120)), name="pauses_have_a_limit"),
                ],
            },
        ),
    ]
