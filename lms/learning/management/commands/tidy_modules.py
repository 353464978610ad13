"""`manage.py tidy_modules`: lay module and journey files out as dump_modules does. No database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms.learning.modulefiles.checking import read_content
from lms.learning.modulefiles.reading import CONTENT
from lms.learning.modulefiles.writer import tidied, tidied_journey, write_bytes, write_texts


class Command(BaseCommand):
    help = "Write the module and journey files again in the canonical layout; what they say does not change."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--path", type=Path, default=CONTENT, help="a folder (default: lms/learning/content)")

    def handle(self, *args: Any, **options: Any) -> None:
        content = read_content(options["path"])
        if content.problems:
            for problem in content.problems:
                self.stderr.write(problem)
            raise CommandError(f"Nothing was written: {len(content.problems)} problem(s).", returncode=1)
        written = sum(write_texts(module.folder, tidied(module)) for module in content.modules)
        written += sum(write_bytes(one.path, tidied_journey(one).encode()) for one in content.journeys)
        self.stdout.write(f"{written} files written")
