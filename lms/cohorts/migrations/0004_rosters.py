"""Rosters on their way, layouts that are known, and the doors by which one claims one’s place."""

import django.core.serializers.json
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0003_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClaimLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("written_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("letters", models.PositiveSmallIntegerField(default=1)),
                (
                    "student",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="claim_letter", to="cohorts.student"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["student"],
            },
        ),
        migrations.CreateModel(
            name="RosterImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("mode", models.CharField(choices=[("add", "ajouter"), ("replace", "remplacer")], max_length=8)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("mapping", "colonnes à désigner"),
                            ("ready", "à confirmer"),
                            ("applying", "en cours"),
                            ("applied", "appliqué"),
                            ("abandoned", "abandonné"),
                            ("expired", "expiré"),
                        ],
                        max_length=10,
                    ),
                ),
                ("file_name", models.CharField(max_length=120)),
                ("file_kind", models.CharField(blank=True, max_length=4)),
                ("header", models.JSONField(default=dict, help_text="line, labels")),
                ("mapping", models.JSONField(default=dict, help_text="field → place of the column, from 0")),
                ("counts", models.JSONField(default=dict)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("said", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("decisions", models.JSONField(default=dict, help_text="line → new, skip, or the uuid of a student")),
                (
                    "is_recomputed",
                    models.BooleanField(default=False, help_text="the cohort changed before it was applied"),
                ),
                ("created_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("job", models.UUIDField(null=True)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="roster_imports", to="cohorts.cohort"
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="RosterLayout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(max_length=64)),
                ("mapping", models.JSONField(default=dict, help_text="field → place of the column, from 0")),
                ("chosen_at", models.DateTimeField()),
                (
                    "chosen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roster_layouts",
                        to="cohorts.institution",
                    ),
                ),
            ],
            options={
                "ordering": ["institution", "-chosen_at"],
            },
        ),
        migrations.CreateModel(
            name="RosterPiece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField()),
                ("data", models.BinaryField()),
                (
                    "roster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pieces", to="cohorts.rosterimport"
                    ),
                ),
            ],
            options={
                "ordering": ["roster", "place"],
            },
        ),
        migrations.CreateModel(
            name="WrongTry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wrong_claim_tries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="JoinCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("code", models.CharField(max_length=8, unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="join_codes", to="cohorts.cohort"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["cohort", "-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)), fields=("cohort",), name="one_code_per_cohort"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="rosterimport",
            index=models.Index(fields=["cohort", "-created_at"], name="roster_import_of_cohort"),
        ),
        migrations.AddConstraint(
            model_name="rosterlayout",
            constraint=models.UniqueConstraint(fields=("institution", "fingerprint"), name="one_layout_per_header"),
        ),
        migrations.AddConstraint(
            model_name="rosterpiece",
            constraint=models.UniqueConstraint(fields=("roster", "place"), name="one_piece_per_place"),
        ),
        migrations.AddIndex(
            model_name="wrongtry",
            index=models.Index(fields=["user", "at"], name="wrong_try_of_user"),
        ),
    ]
