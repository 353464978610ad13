"""What answers say of items, what simulations say of the bank, what becomes of reports."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("question_bank", "0003_authoring")]

    operations = [
        migrations.CreateModel(
            name="CountedAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("attempt", models.UUIDField(unique=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="itemreport",
            name="handled_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="itemreport",
            name="handled_by_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="itemreport",
            name="reply",
            field=models.TextField(blank=True, help_text="what the reporter is told"),
        ),
        migrations.CreateModel(
            name="ItemStatistic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("variant", models.CharField(max_length=10)),
                ("month_date", models.DateField(help_text="its first day, Europe/Paris")),
                (
                    "score_group",
                    models.PositiveSmallIntegerField(
                        help_text="1 (weakest) to 5; 0: too little is known of the person"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("outcome", "Outcome"), ("choice", "Choice"), ("seconds", "Seconds")], max_length=10
                    ),
                ),
                ("label", models.CharField(max_length=80)),
                ("is_erased", models.BooleanField(default=False)),
                ("count", models.BigIntegerField(default=0)),
                ("score_sum", models.BigIntegerField(default=0)),
                ("score_squares", models.BigIntegerField(default=0)),
                (
                    "item_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statistics",
                        to="question_bank.itemversion",
                    ),
                ),
            ],
            options={
                "ordering": ["item_version", "month_date", "kind", "label"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item_version", "variant", "month_date", "score_group", "kind", "label", "is_erased"),
                        name="one_item_statistic",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SimulationRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("assessment", models.SlugField()),
                ("people", models.PositiveIntegerField()),
                ("seed", models.PositiveBigIntegerField()),
                ("result", models.JSONField()),
                ("created_at", models.DateTimeField()),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="simulations",
                        to="question_bank.bankrelease",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["assessment", "-created_at"], name="simulations_of_assessment")],
            },
        ),
    ]
