"""`manage.py dump_items`: write the bank back to its files, for review."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from question_bank.itemfiles.reading import CONTENT
from question_bank.services.dumping import dump_items


class Command(BaseCommand):
    help = (
        "Write every item of the bank to its file, in the canonical layout; a file that says it already is left alone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--path", type=Path, default=CONTENT, help="the folder (default: question_bank/content)")

    def handle(self, *args: Any, **options: Any) -> None:
        total, changed = dump_items(path=options["path"])
        self.stdout.write(f"{total} items, {changed} files written")
