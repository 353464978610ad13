"""Load what can be taken (by default the file that comes with Socle)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kernel.datafile import DataFileError
from lms.assessments.services.offering import load_assessments

DEFAULT = Path(__file__).resolve().parents[2] / "data" / "assessments.yaml"


class Command(BaseCommand):
    help = "Load blueprints and assessments from a file; a file that breaks a rule is refused whole."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=DEFAULT)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = load_assessments(path=options["path"])
        except DataFileError as error:
            raise CommandError(f"Nothing was written.\n{error}") from error
        self.stdout.write(f"{count} assessments.")
