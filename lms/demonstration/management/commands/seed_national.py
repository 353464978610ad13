"""Write a whole country of demonstration: universities of the data, invented students, what they answered."""

import os
import sys
from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from kernel import clock
from lms.accounts.api import User
from lms.dashboards import snapshots
from lms.demonstration.national import running

WIDTH = 30
SAMPLE = 500


class Command(BaseCommand):
    help = "Write a country of invented students, marked as a demonstration. What is already written is not again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--students", type=int, default=210_000)
        parser.add_argument("--seed", type=int, default=1, help="another seed is another country")
        parser.add_argument("--resume", action="store_true", help="go on with a country that was begun")
        parser.add_argument("--processes", type=int, default=0, help="0: one per core on PostgreSQL, else one")
        parser.add_argument("--verify", action="store_true", help="count everything again at the end, not a sample")

    def handle(self, *args: Any, **options: Any) -> None:
        students, seed = options["students"], options["seed"]
        self._check(students, seed, is_resumed=options["resume"])
        call_command("load_institutions", stdout=self.stdout)
        self.begun_at = monotonic()
        total = running.seed_national(
            students=students, seed=seed, now=clock.now(), processes=_processes(options["processes"]), report=self._bar
        )
        self.stdout.write(f"\n{total} students in {monotonic() - self.begun_at:.0f} s.")
        self._analyse()
        wrong = running.verify(None if options["verify"] else SAMPLE)
        if wrong:
            raise CommandError(f"{wrong} figures are not what a recount says.")
        self.stdout.write("Figures equal a recount" + ("." if options["verify"] else f" (of {SAMPLE} people)."))
        if not snapshots.take(now=clock.now()):
            self.stdout.write("A snapshot was taken today already: national pages show it until tomorrow’s.")

    def _check(self, students: int, seed: int, *, is_resumed: bool) -> None:
        """Never among real people; never twice."""
        if students < 1:
            raise CommandError("A country has at least one student.")
        if User.objects.exclude(email__endswith="@demo.example").exists():
            raise CommandError("There are real accounts in this database: a country is not seeded among them.")
        if running.done_chunks(students, seed) and not is_resumed:
            raise CommandError("This country was begun: --resume goes on with it.")

    def _bar(self, done: int, total: int) -> None:
        if not sys.stdout.isatty() and done < total:
            return
        full, passed = WIDTH * done // total, monotonic() - self.begun_at
        self.stdout.write(f"\r[{'#' * full}{'.' * (WIDTH - full)}] {done}/{total}, {passed:.0f} s", ending="")
        self.stdout.flush()

    def _analyse(self) -> None:
        """Let the database know what it now holds; it plans by that."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _processes(asked: int) -> int:
    if connection.vendor != "postgresql":
        return 1  # SQLite has one writer at a time
    return asked or os.cpu_count() or 1
