from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0002_wording")]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="is_focused",
            field=models.BooleanField(default=False, help_text="begun from elsewhere, about a few competencies only"),
        ),
        migrations.AddField(
            model_name="attempt",
            name="focus",
            field=models.JSONField(help_text="codes of the competencies it is about; null: all of them", null=True),
        ),
        migrations.AddField(
            model_name="attempt",
            name="avoid",
            field=models.JSONField(help_text="places in the release of items that must not be served", null=True),
        ),
        migrations.AddField(
            model_name="attempt",
            name="prior",
            field=models.BinaryField(help_text="what was believed before it; null: nothing was known", null=True),
        ),
        migrations.AddField(
            model_name="attempt",
            name="context",
            field=models.CharField(
                blank=True,
                default="",
                help_text="what it is part of, in the words of whoever asked for it",
                max_length=120,
            ),
        ),
    ]
