"""Load the institutions and the programmes (by default the files that come with Socle)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from kernel.datafile import DataFileError
from lms.cohorts.loading import DATA, load_institutions, load_programmes


class Command(BaseCommand):
    help = "Load institutions and programmes from their files; one that breaks a rule is refused, and both with it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--institutions", type=Path, default=DATA / "institutions.yaml")
        parser.add_argument("--programmes", type=Path, default=DATA / "programmes.yaml")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                programmes = load_programmes(path=options["programmes"])
                institutions = load_institutions(path=options["institutions"])
        except DataFileError as error:
            raise CommandError(f"Nothing was written.\n{error}") from error
        for name, found in (("institutions", institutions), ("programmes", programmes)):
            self.stdout.write(f"{found.read} {name}: {found.created} new, {found.changed} changed.")
