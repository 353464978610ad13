"""`manage.py load_modules`: from module and journey files to pages, whole or not at all."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms.learning.errors import ModuleFilesRefused
from lms.learning.modulefiles.reading import CONTENT
from lms.learning.services.loading import load_content

COUNTED = ("created", "updated", "unchanged", "edited", "absent")


class Command(BaseCommand):
    help = "Load the module and journey files into pages and publish those whose status is published."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--path",
            type=Path,
            default=CONTENT,
            help="a folder of modules and journeys (default: lms/learning/content)",
        )
        parser.add_argument("--force", action="store_true", help="overwrite pages edited in /cms/")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["path"].exists():
            raise CommandError(f"{options['path']}: there is no such file or folder.")
        try:
            report = load_content(path=options["path"], force=options["force"])
        except ModuleFilesRefused as error:
            for problem in error.problems:
                self.stderr.write(problem)
            raise CommandError(f"Nothing was loaded: {len(error.problems)} problem(s).", returncode=1) from None
        for key in report.edited:
            self.stdout.write(
                f"{key}: edited in /cms/, left as it is (dump_modules writes it to its files; --force overwrites it)"
            )
        self.stdout.write(", ".join(f"{len(getattr(report, name))} {name}" for name in COUNTED))
