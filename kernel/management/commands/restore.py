"""Restore a backup."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kernel import clock
from kernel.backups import BackupRefused, Restored, restore_backup
from kernel.erasures import UnreadableList


class Command(BaseCommand):
    help = "Restore the backup in FOLDER into an empty database, and erase again whoever was erased since it was made."
    # It may find no database at all.
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="what `backup` printed")
        parser.add_argument("--over", action="store_true", help="replace a database and uploads that are not empty")
        parser.add_argument("--erased", type=Path, action="append", default=[], help="one more list of what was erased")
        parser.add_argument("--nothing-erased", action="store_true", help="there is no list: nothing was ever erased")

    def handle(self, *args: Any, **options: Any) -> None:
        self.begun = time.monotonic()
        try:
            done = restore_backup(
                options["folder"],
                now=clock.now(),
                over=options["over"],
                lists=options["erased"],
                nothing_erased=options["nothing_erased"],
                say=self.say,
            )
        except (BackupRefused, UnreadableList, OSError) as error:
            raise CommandError(str(error)) from error
        self.tell(done)

    def say(self, step: str) -> None:
        """Say how far it is."""
        self.stdout.write(f"{time.monotonic() - self.begun:7.1f} s  {step}")
        self.stdout.flush()

    def tell(self, done: Restored) -> None:
        """Say what came back and what did not."""
        self.say(f"restored: {done.rows} rows, as of {done.created_at:%Y-%m-%d %H:%M:%S %Z}")
        for name, counts in (("had come back, erased again", done.again.erased), ("over their time", done.again.due)):
            found = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
            self.stdout.write(f"           {name}: {found or 'none'}")
