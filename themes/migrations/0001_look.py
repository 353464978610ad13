"""The look of a university."""

import kernel.clock
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(default=kernel.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("key", models.SlugField(unique=True, verbose_name="clé")),
                ("name", models.CharField(max_length=60, verbose_name="nom")),
                ("brand", models.CharField(max_length=7, verbose_name="couleur principale")),
                ("wash", models.CharField(blank=True, max_length=7, verbose_name="teinte claire")),
                ("contact", models.CharField(blank=True, max_length=120, verbose_name="contact")),
                ("website", models.URLField(blank=True, verbose_name="site")),
                ("home_path", models.CharField(blank=True, max_length=200, verbose_name="page d’accueil")),
                ("welcome", models.TextField(blank=True, max_length=300, verbose_name="mot d’accueil")),
                ("welcome_en", models.TextField(blank=True, max_length=300, verbose_name="mot d’accueil, en anglais")),
                ("hosts", models.JSONField(blank=True, default=list, verbose_name="noms d’hôte")),
                ("logo", models.BinaryField(blank=True, null=True)),
                ("logo_digest", models.CharField(blank=True, editable=False, max_length=16)),
                ("logo_width", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("logo_height", models.PositiveSmallIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "apparence",
                "verbose_name_plural": "apparences",
                "ordering": ["name"],
            },
        ),
    ]
