import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Pseudonym",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recipient", models.SlugField(help_text="whose store: socle is our own")),
                ("name", models.CharField(max_length=32, unique=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=["person", "recipient"], name="one_pseudonym_per_recipient")
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("seq", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(db_column="id", editable=False, unique=True)),
                ("verb", models.CharField(help_text="its IRI", max_length=200)),
                ("activity", models.CharField(help_text="the IRI of its object", max_length=400)),
                ("registration", models.UUIDField(null=True)),
                ("happened_at", models.DateTimeField(help_text="its timestamp")),
                ("stored_at", models.DateTimeField()),
                ("is_voided", models.BooleanField(default=False)),
                (
                    "fingerprint",
                    models.CharField(
                        help_text="SHA-256 of its canonical JSON, to compare two of one id", max_length=64
                    ),
                ),
                ("authority", models.CharField(help_text="who sent it: socle is this platform", max_length=120)),
                ("raw", models.TextField()),
                (
                    "actor",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="records.pseudonym",
                    ),
                ),
            ],
            options={
                "ordering": ["seq"],
                "indexes": [
                    models.Index(fields=["actor", "-happened_at", "-seq"], name="statement_actor"),
                    models.Index(fields=["registration", "seq"], name="statement_registration"),
                    models.Index(fields=["verb", "seq"], name="statement_verb"),
                    models.Index(fields=["activity", "seq"], name="statement_activity"),
                ],
            },
        ),
    ]
