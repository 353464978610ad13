import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learning", "0002_pages")]

    operations = [
        migrations.CreateModel(
            name="Module",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key", models.SlugField(max_length=100, unique=True)),
                ("titles", models.JSONField(default=dict)),
                ("summaries", models.JSONField(default=dict)),
                ("languages", models.JSONField(default=list)),
                ("is_published", models.BooleanField(default=False)),
                ("file_digest", models.CharField(blank=True, max_length=64)),
                ("is_edited", models.BooleanField(default=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("competencies", models.JSONField(default=list)),
                (
                    "level",
                    models.CharField(
                        choices=[("entry", "pour débuter"), ("further", "pour aller plus loin")],
                        default="entry",
                        max_length=10,
                    ),
                ),
                ("audiences", models.JSONField(default=list)),
                ("professions", models.JSONField(default=list)),
                ("minutes", models.PositiveSmallIntegerField(default=0)),
                ("mark", models.PositiveSmallIntegerField(default=60)),
                ("steps", models.JSONField(default=list)),
                ("item_keys", models.JSONField(default=list)),
                ("review_by", models.DateField(null=True)),
            ],
            options={
                "ordering": ["key"],
                "abstract": False,
                "indexes": [models.Index(fields=["is_published", "key"], name="modules_published")],
            },
        ),
        migrations.CreateModel(
            name="Journey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key", models.SlugField(max_length=100, unique=True)),
                ("titles", models.JSONField(default=dict)),
                ("summaries", models.JSONField(default=dict)),
                ("languages", models.JSONField(default=list)),
                ("is_published", models.BooleanField(default=False)),
                ("file_digest", models.CharField(blank=True, max_length=64)),
                ("is_edited", models.BooleanField(default=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("student", "étudiants"),
                            ("professional", "professionnels"),
                            ("citizen", "citoyens"),
                            ("ambassador", "ambassadeurs"),
                        ],
                        default="student",
                        max_length=20,
                    ),
                ),
                ("professions", models.JSONField(default=list)),
                ("competencies", models.JSONField(default=list)),
                ("parts", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["key"],
                "abstract": False,
            },
        ),
    ]
