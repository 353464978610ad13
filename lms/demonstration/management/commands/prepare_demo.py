"""Bring a database to the state of the demonstration: migrated, loaded, seeded. Quick when nothing is missing."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kernel import clock
from lms.demonstration.seeding import seed
from lms.learning.api import create_home_pages

LOADERS = ("load_retention", "load_framework", "load_items", "load_assessments")


class Command(BaseCommand):
    help = "Migrate if needed, load the framework, the bank and the assessments, seed the demonstration's people and pages."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Only a demonstration is seeded: these settings are not one.")
        if _has_pending_migrations():
            self.stdout.write("Creating the tables (under a minute, the first time only)…")
            self.stdout.flush()
            call_command("migrate", verbosity=0, interactive=False)
        for name in LOADERS:
            call_command(name, stdout=self.stdout)
        create_home_pages()
        self.stdout.write(f"{seed(now=clock.now())} demonstration accounts.")


def _has_pending_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
