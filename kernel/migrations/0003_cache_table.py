"""The table of the cache that all processes share where there is no Redis."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    """Make the table whatever cache is in use today: another day's settings may want it."""
    call_command("createcachetable", "kernel_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_retention_basis_en")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
