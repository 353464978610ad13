"""Make a backup."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kernel import clock
from kernel.backups import BackupRefused, forget_old, make_backup


class Command(BaseCommand):
    help = "Make a backup (database, uploads, list of what was erased) in a new folder of FOLDER, and print its path."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--forget-old", action="store_true", help="then remove backups kept long enough")

    def handle(self, *args: Any, **options: Any) -> None:
        begun, now = time.monotonic(), clock.now()
        try:
            made = make_backup(into=options["folder"], now=now)
            old = forget_old(within=options["folder"], now=now) if options["forget_old"] else []
        except (BackupRefused, OSError) as error:
            raise CommandError(str(error)) from error
        size = sum(path.stat().st_size for path in made.iterdir())
        for folder in old:
            self.stderr.write(f"{folder}: kept long enough, removed")
        self.stderr.write(f"{size / 1e6:.1f} MB in {time.monotonic() - begun:.1f} s")
        self.stdout.write(str(made))
