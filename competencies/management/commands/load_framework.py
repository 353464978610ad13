"""Load the framework from a file (by default the one that comes with Socle)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from competencies.api import load_framework
from competencies.errors import FrameworkVersionTaken
from kernel.datafile import DataFileError

DEFAULT = Path(__file__).resolve().parents[2] / "data" / "socle.yaml"


class Command(BaseCommand):
    help = "Load a framework file and make it the current one; a file that breaks a rule is refused whole."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=DEFAULT)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            framework, is_new = load_framework(path=options["path"])
        except (DataFileError, FrameworkVersionTaken) as error:
            raise CommandError(f"Nothing was written.\n{error}") from error
        self.stdout.write(f"{framework}: {'loaded' if is_new else 'already loaded'}, current.")
