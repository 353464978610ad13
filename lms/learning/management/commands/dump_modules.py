"""`manage.py dump_modules`: write modules and journeys back to their files, for review."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from lms.learning.modulefiles.reading import CONTENT
from lms.learning.services.dumping import dump_content


class Command(BaseCommand):
    help = "Write every published module and journey to its files; what did not change gives unchanged bytes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--path", type=Path, default=CONTENT, help="the folder (default: lms/learning/content)")

    def handle(self, *args: Any, **options: Any) -> None:
        total, changed = dump_content(path=options["path"])
        self.stdout.write(f"{total} modules and journeys, {changed} files written")
