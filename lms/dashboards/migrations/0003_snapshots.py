from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dashboards", "0002_taught")]

    operations = [
        migrations.CreateModel(
            name="AggregateSnapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("snapshot_date", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("parcels", "parcels"),
                            ("national", "national"),
                            ("university", "university"),
                            ("marks", "marks"),
                        ],
                        max_length=10,
                    ),
                ),
                ("scope_id", models.BigIntegerField(default=0, help_text="0: the country")),
                ("figures", models.JSONField()),
                ("taken_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["snapshot_date", "kind", "scope_id"],
                "constraints": [
                    models.UniqueConstraint(fields=["kind", "scope_id", "snapshot_date"], name="one_snapshot_a_day")
                ],
            },
        ),
    ]
