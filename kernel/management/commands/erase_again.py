"""Erase again, after a restore made by other means."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kernel.erasures import UnreadableList, erase_again, read_list


class Command(BaseCommand):
    help = "Erase again, in this database, whatever the list says was erased: after a restore by other means (WAL…)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--erased", type=Path, action="append", help="the list; SOCLE_ERASED_LIST without it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            lines = [line for path in options["erased"] or [Path(settings.ERASED_LIST)] for line in read_list(path)]
        except (UnreadableList, OSError) as error:
            raise CommandError(str(error)) from error
        for kind, count in erase_again(lines).erased.items():
            self.stdout.write(f"{kind}: {count} had come back, erased again")
