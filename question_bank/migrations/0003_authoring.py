"""Writing and reviewing items in /cms/; the last day a rule holds."""

import uuid

import django.db.models.deletion
import taggit.managers
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models

import question_bank.models


class Migration(migrations.Migration):
    dependencies = [
        ("question_bank", "0002_graded"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondReading",
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
                "verbose_name": "relecture par une autre personne",
            },
            bases=("wagtailcore.task",),
        ),
        migrations.AddField(
            model_name="itemversion",
            name="valid_to",
            field=models.DateField(null=True),
        ),
        migrations.CreateModel(
            name="ItemDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                (
                    "has_unpublished_changes",
                    models.BooleanField(default=False, editable=False, verbose_name="has unpublished changes"),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="first published at"),
                ),
                (
                    "last_published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="last published at"),
                ),
                ("go_live_at", models.DateTimeField(blank=True, null=True, verbose_name="go live date/time")),
                ("expire_at", models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time")),
                ("expired", models.BooleanField(default=False, editable=False, verbose_name="expired")),
                ("locked", models.BooleanField(default=False, editable=False, verbose_name="locked")),
                ("locked_at", models.DateTimeField(editable=False, null=True, verbose_name="locked at")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key", models.SlugField(max_length=100, unique=True, verbose_name="clé")),
                ("content", question_bank.models.OrderedJSON(default=dict, editable=False)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "brouillon"),
                            ("under_review", "en relecture"),
                            ("published", "publiée"),
                            ("under_revision", "publiée, en révision"),
                            ("retired", "retirée"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="état",
                    ),
                ),
                ("title", models.CharField(blank=True, editable=False, max_length=120, verbose_name="titre")),
                ("competency", models.CharField(blank=True, editable=False, max_length=20, verbose_name="compétence")),
                ("capacity", models.CharField(blank=True, editable=False, max_length=20, verbose_name="capacité")),
                (
                    "interaction",
                    models.CharField(blank=True, editable=False, max_length=30, verbose_name="interaction"),
                ),
                ("difficulty", models.PositiveSmallIntegerField(editable=False, null=True, verbose_name="difficulté")),
                ("audiences", models.CharField(blank=True, editable=False, max_length=60, verbose_name="publics")),
                ("languages", models.CharField(blank=True, editable=False, max_length=60, verbose_name="langues")),
                ("review_by", models.DateField(editable=False, null=True, verbose_name="à relire avant")),
                ("valid_to", models.DateField(editable=False, null=True, verbose_name="valable jusqu’au")),
                ("words", models.TextField(blank=True, editable=False)),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="modifiée")),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="auteur",
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft",
                        to="question_bank.item",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                (
                    "live_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="locked_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="locked by",
                    ),
                ),
                (
                    "tags",
                    taggit.managers.TaggableManager(
                        blank=True,
                        help_text="A comma-separated list of tags.",
                        through="taggit.TaggedItem",
                        to="taggit.Tag",
                        verbose_name="étiquettes",
                    ),
                ),
            ],
            options={
                "verbose_name": "situation",
                "verbose_name_plural": "situations",
                "ordering": ["key"],
                "permissions": [("review_itemdraft", "Can approve or refuse what somebody else wrote")],
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("created_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="question_bank.itemdraft",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="itemdraft",
            index=models.Index(fields=["stage", "competency"], name="drafts_by_stage"),
        ),
        migrations.AddIndex(
            model_name="itemdraft",
            index=models.Index(fields=["review_by"], name="drafts_by_review"),
        ),
    ]
