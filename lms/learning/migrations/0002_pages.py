import django.core.validators
import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import kernel.blocks


class Migration(migrations.Migration):
    dependencies = [("learning", "0001_initial"), ("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.CreateModel(
            name="CataloguePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("lead", models.TextField(blank=True, max_length=300, verbose_name="chapeau")),
            ],
            options={
                "abstract": False,
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="ModulePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("competencies", models.JSONField(blank=True, default=list, verbose_name="compétences")),
                (
                    "level",
                    models.CharField(
                        choices=[("entry", "pour débuter"), ("further", "pour aller plus loin")],
                        default="entry",
                        max_length=10,
                        verbose_name="niveau",
                    ),
                ),
                ("audiences", models.JSONField(blank=True, default=list, verbose_name="publics")),
                ("professions", models.JSONField(blank=True, default=list, verbose_name="professions")),
                ("minutes", models.PositiveSmallIntegerField(default=15, verbose_name="minutes")),
                (
                    "mark",
                    models.PositiveSmallIntegerField(
                        default=60,
                        validators=[
                            django.core.validators.MinValueValidator(10),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="seuil de réussite (%)",
                    ),
                ),
                ("review_by", models.DateField(blank=True, null=True, verbose_name="à relire avant")),
                ("sources", kernel.blocks.StreamField([], blank=True, verbose_name="sources")),
                ("summary", models.TextField(blank=True, max_length=200, verbose_name="résumé")),
                ("objectives", kernel.blocks.StreamField([], blank=True, verbose_name="objectifs")),
                ("steps", kernel.blocks.StreamField([], blank=True, verbose_name="étapes")),
                ("sheet", kernel.blocks.StreamField([], blank=True, verbose_name="fiche à imprimer")),
            ],
            options={
                "verbose_name": "module",
                "verbose_name_plural": "modules",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="JourneyPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
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
                        verbose_name="public",
                    ),
                ),
                ("professions", models.JSONField(blank=True, default=list, verbose_name="professions")),
                ("competencies", models.JSONField(blank=True, default=list, verbose_name="compétences")),
                ("summary", models.TextField(blank=True, max_length=200, verbose_name="résumé")),
                ("intro", wagtail.fields.RichTextField(blank=True, verbose_name="introduction")),
                ("parts", kernel.blocks.StreamField([], blank=True, verbose_name="parties")),
            ],
            options={
                "verbose_name": "parcours",
                "verbose_name_plural": "parcours",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="ModuleReading",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "relecture d’un module par une autre personne",
            },
            bases=("wagtailcore.task",),
        ),
    ]
