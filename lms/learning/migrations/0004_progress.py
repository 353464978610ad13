import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learning", "0003_entries"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="ModuleProgress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("started_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(help_text="when something was last done in it")),
                ("step", models.SlugField(blank=True, help_text="key of the step to resume at", max_length=100)),
                ("completed_at", models.DateTimeField(null=True)),
                ("seconds", models.PositiveIntegerField(default=0, help_text="0: no time was measured")),
                (
                    "counted_at",
                    models.DateTimeField(help_text="until when time was counted: no moment counts twice", null=True),
                ),
                (
                    "best_check",
                    models.PositiveSmallIntegerField(help_text="% of the points of the best final check", null=True),
                ),
                ("checked_at", models.DateTimeField(help_text="when that check was finished", null=True)),
                (
                    "module",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="progress", to="learning.module"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="module_progress",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-seen_at", "-pk"],
                "indexes": [models.Index(fields=["owner", "-seen_at"], name="progress_owner")],
                "constraints": [models.UniqueConstraint(fields=["owner", "module"], name="one_progress_per_module")],
            },
        ),
        migrations.CreateModel(
            name="StepProgress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=100)),
                (
                    "seen_at",
                    models.DateTimeField(help_text="when the person went on from it; null: only opened", null=True),
                ),
                ("seconds", models.PositiveIntegerField(default=0)),
                (
                    "progress",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="learning.moduleprogress",
                    ),
                ),
            ],
            options={
                "ordering": ["progress", "pk"],
                "constraints": [models.UniqueConstraint(fields=["progress", "key"], name="one_progress_per_step")],
            },
        ),
    ]
