"""What answers say of items."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("question_bank", "0003_authoring")]

    operations = []
