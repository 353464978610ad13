import django.core.validators
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0004_progress"),
        ("question_bank", "0004_statistics"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("item", "Item"), ("flash", "Flash")], max_length=5)),
                ("ref", models.CharField(max_length=120)),
                (
                    "module",
                    models.CharField(blank=True, help_text="key of the module it came from, if it did", max_length=100),
                ),
                ("front", models.TextField(blank=True)),
                ("back", models.TextField(blank=True)),
                ("language", models.CharField(default="fr", max_length=5)),
                ("origin", models.UUIDField(help_text="the attempt in which it was missed, if it was", null=True)),
                (
                    "state",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="of FSRS: 1 learning, 2 review, 3 relearning"
                    ),
                ),
                ("stability", models.FloatField(null=True)),
                ("difficulty", models.FloatField(null=True)),
                ("due_at", models.DateTimeField()),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "answers_count",
                    models.PositiveIntegerField(default=0, help_text="also what a form sends back: each answer once"),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review_cards",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["owner", "due_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReviewAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(help_text="of this answer to this card, from 1")),
                ("rating", models.PositiveSmallIntegerField()),
                ("before", models.JSONField()),
                ("answered_at", models.DateTimeField()),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="learning.reviewcard"
                    ),
                ),
            ],
            options={
                "ordering": ["card", "number"],
            },
        ),
        migrations.CreateModel(
            name="ReviewReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_on", models.BooleanField(default=False)),
                (
                    "hour",
                    models.PositiveSmallIntegerField(
                        default=18, validators=[django.core.validators.MaxValueValidator(23)]
                    ),
                ),
                ("last_sent_date", models.DateField(help_text="in the person's time zone", null=True)),
                ("unanswered", models.PositiveSmallIntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                (
                    "owner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review_reminder",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["owner"],
            },
        ),
        migrations.CreateModel(
            name="PracticeResponse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("module", models.CharField(blank=True, max_length=100)),
                ("step", models.CharField(blank=True, max_length=100)),
                ("item_key", models.CharField(max_length=100)),
                ("key", models.CharField(max_length=22)),
                ("answer", models.JSONField()),
                ("is_correct", models.BooleanField()),
                ("score", models.FloatField()),
                ("is_unknown", models.BooleanField(default=False)),
                ("answered_at", models.DateTimeField()),
                (
                    "item_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="question_bank.itemversion"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="practice_responses",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["owner", "answered_at", "pk"],
                "indexes": [models.Index(fields=["owner", "-answered_at"], name="practice_owner")],
                "constraints": [models.UniqueConstraint(fields=("owner", "key"), name="one_practice_per_page")],
            },
        ),
        migrations.AddIndex(
            model_name="reviewcard",
            index=models.Index(fields=["owner", "due_at"], name="cards_due"),
        ),
        migrations.AddConstraint(
            model_name="reviewcard",
            constraint=models.UniqueConstraint(fields=("owner", "kind", "ref"), name="one_card_per_thing"),
        ),
        migrations.AddConstraint(
            model_name="reviewanswer",
            constraint=models.UniqueConstraint(fields=("card", "number"), name="one_answer_per_turn"),
        ),
        migrations.AddIndex(
            model_name="reviewreminder",
            index=models.Index(condition=models.Q(("is_on", True)), fields=["hour"], name="reminders_on"),
        ),
    ]
