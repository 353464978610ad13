"""Graded items: thresholds."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("question_bank", "0001_initial")]

    operations = []
