"""Bring a database to the state of the demonstration: migrated, loaded, seeded. Quick when nothing is missing."""

import hashlib
from pathlib import Path
from typing import Any

import allauth
import django
import wagtail
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

import themes
from kernel import clock
from lms.dashboards.api import take_snapshot
from lms.demonstration.asking import seed_asked
from lms.demonstration.country import seed_country
from lms.demonstration.seeding import seed
from lms.learning.api import create_home_pages

ROOT = Path(themes.__file__).parents[1]
LOADED, LOADED_FROM = (
    "demo-loaded",
    ("kernel", "competencies", "question_bank", "lms/cohorts", "lms/assessments", "lms/learning"),
)
WITH_STATIC = ("themes", "question_bank")
LOADERS = ("load_retention", "load_framework", "load_institutions", "load_items", "load_assessments", "load_modules")


class Command(BaseCommand):
    help = "Migrate if needed, load the framework, bank and assessments, seed the demonstration's people and pages."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Only a demonstration is seeded: these settings are not one.")
        if _has_pending_migrations():
            self.stdout.write("Creating the tables (under a minute, the first time only)…")
            self.stdout.flush()
            call_command("migrate", verbosity=0, interactive=False)
        _collect_static()
        self._load()
        create_home_pages()
        now = clock.now()
        self.stdout.write(f"{seed(now=now)} demonstration accounts, {seed_country(now=now)} new students.")
        seed_asked(now=now)
        take_snapshot(now=now)

    def _load(self) -> None:
        """Load the data files again when one of them, or what reads them, changed; the mark stays with the database."""
        digest = _loaded_digest()
        if cache.get(LOADED) == digest:
            return
        for name in LOADERS:
            call_command(name, stdout=self.stdout)
        cache.set(LOADED, digest, None)


def _loaded_digest() -> str:
    found = hashlib.sha256()
    for folder in LOADED_FROM:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".yaml", ".svg"):
                found.update(str(path).encode() + path.read_bytes())
    return found.hexdigest()


def _collect_static() -> None:
    """Collect and compress the static files again when one of them, or a package that has some, changed."""
    stamp = settings.STATIC_ROOT / "stamp"
    digest = _static_digest()
    if not stamp.exists() or stamp.read_text() != digest:
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(digest)


def _static_digest() -> str:
    found = hashlib.sha256(f"{wagtail.__version__} {django.__version__} {allauth.__version__}".encode())
    for app in WITH_STATIC:
        for path in sorted((ROOT / app / "static").rglob("*")):
            if path.is_file():
                found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def _has_pending_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
