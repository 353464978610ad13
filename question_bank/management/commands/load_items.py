"""`manage.py load_items`: from item files to the database, whole or not at all."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from question_bank.errors import ItemFilesRefused
from question_bank.itemfiles.reading import CONTENT
from question_bank.services import load_items


class Command(BaseCommand):
    help = "Load the item files into the bank and publish a release if what is in use changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--path", type=Path, default=CONTENT, help="one file or folder (default: question_bank/content)"
        )
        parser.add_argument("--force", action="store_true", help="overwrite items edited in /cms/")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["path"].exists():
            raise CommandError(f"{options['path']}: there is no such file or folder.")
        try:
            report = load_items(now=timezone.now(), path=options["path"], force=options["force"])
        except ItemFilesRefused as error:
            for problem in error.problems:
                self.stderr.write(problem)
            raise CommandError(f"Nothing was loaded: {len(error.problems)} problem(s).", returncode=1) from None
        for key in report.edited:
            self.stdout.write(
                f"{key}: edited in /cms/, left as it is (dump_items writes to its file what is published;"
                " --force overwrites it)"
            )
        counts = {name: len(getattr(report, name)) for name in ("created", "updated", "unchanged", "edited", "absent")}
        self.stdout.write(", ".join(f"{count} {name}" for name, count in counts.items()))
        self.stdout.write(f"release {report.release} published" if report.release else "no new release")
