"""Write the figures of all dashboards again from people's own rows, or only check them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms.dashboards.rollups import failed, recounting

SHOWN = 20


class Command(BaseCommand):
    help = "Write summaries and roll-ups again from people's rows; --check only says where they are not exact."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a figure is not exact")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check()
            return
        before = failed.failed()
        self.stdout.write(f"{recounting.rebuild(report=self._say)} places counted.")
        if made_good := failed.make_good(before):
            self.stdout.write(f"{made_good} counts that had failed are made good.")

    def _check(self) -> None:
        wrong = recounting.differences()
        for (address, measure, code, week), (ours, right) in sorted(wrong.items())[:SHOWN]:
            self.stdout.write(f"{address} {measure} {code} {week}: {ours}, recounted {right}")
        if wrong:
            raise CommandError(f"{len(wrong)} figures are not exact: rebuild_rollups writes them again.")
        self.stdout.write("Every figure equals its recount.")

    def _say(self, done: int, total: int) -> None:
        if total and self.stdout.isatty():
            self.stdout.write(f"\r{done} of {total}", ending="")
            self.stdout.flush()
