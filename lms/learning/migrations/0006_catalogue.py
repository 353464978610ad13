import django.db.models.deletion
from django.db import migrations, models

# The expression is the one that SearchVector("words", config=…) writes, or the index would not serve.
INDEX = (
    "CREATE INDEX learning_words_{language} ON learning_searchentry "
    "USING gin (to_tsvector('{stemmed}'::regconfig, COALESCE(words, ''))) WHERE language = '{language}'"
)
LANGUAGES = {"fr": "french", "en": "english"}


def add_full_text(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for language, stemmed in LANGUAGES.items():
            schema_editor.execute(INDEX.format(language=language, stemmed=stemmed))


def remove_full_text(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for language in LANGUAGES:
            schema_editor.execute(f"DROP INDEX IF EXISTS learning_words_{language}")


class Migration(migrations.Migration):
    dependencies = [("learning", "0005_review")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=10)),
                ("step", models.CharField(blank=True, max_length=80)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("title", models.CharField(max_length=255)),
                ("text", models.TextField()),
                ("words", models.TextField()),
                ("title_words", models.TextField()),
                (
                    "module",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entries",
                        to="learning.module",
                    ),
                ),
            ],
            options={
                "ordering": ["module", "language", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("module", "language", "step"), name="one_search_entry_per_page")
                ],
            },
        ),
        migrations.CreateModel(
            name="TermEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=10)),
                ("step", models.CharField(max_length=80)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("term", models.CharField(max_length=80)),
                ("definition", models.TextField()),
                (
                    "module",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="term_entries", to="learning.module"
                    ),
                ),
            ],
            options={
                "ordering": ["language", "term", "module", "position"],
                "indexes": [models.Index(fields=["language", "term"], name="terms_by_language")],
            },
        ),
        migrations.RunPython(add_full_text, remove_full_text),
    ]
