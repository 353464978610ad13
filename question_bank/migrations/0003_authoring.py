"""Writing and reviewing items in /cms/."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("question_bank", "0002_graded")]

    operations = []
