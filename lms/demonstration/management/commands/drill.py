"""The drill of a restore, timed (docs/deploy.md)."""

import json
import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

import themes
from kernel import clock
from kernel.backups import make_backup
from kernel.erasures import write_list
from lms.cohorts.api import Cohort
from lms.demonstration.drill.cast import Cast, DrillFailed, gather, go_on, has_upload, leave
from lms.demonstration.drill.looking import survey

LOOK = "--look"
MANAGE = Path(themes.__file__).parents[1] / "manage.py"
# What a restore itself writes or empties.
MOVING = {"kernel_auditentry", "kernel_cache", "django_session", "accounts_session"}


class Command(BaseCommand):
    help = (
        "Make data, back up, erase people, restore into another database; prove that they are nowhere; print seconds."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--into", default="", help="address of an empty database (SQLite in a new file without it)")
        parser.add_argument(LOOK, help="in the restored database, by the drill itself: look and go on")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The drill writes people who do not exist: these settings are not a demonstration.")
        try:
            self.look(Cast(**json.loads(options["look"]))) if options["look"] else self.drill(options["into"])
        except DrillFailed as error:
            raise CommandError(str(error)) from error

    def drill(self, into: str) -> None:
        """Play it whole."""
        with tempfile.TemporaryDirectory(prefix="socle-drill-") as name:
            folder = Path(name)
            cohort = Cohort.objects.select_related("institution").order_by("pk").first()
            if cohort is None:
                raise DrillFailed("There is no cohort: run prepare_demo first.")
            cast = self.timed("people and answers written", lambda: gather(cohort=cohort, now=clock.now()))
            before, _ = survey([])
            made = self.timed("backed up", lambda: make_backup(into=folder, now=clock.now()))
            self.timed("two people and an attempt erased", lambda: leave(cast))
            write_list()
            target = {
                **os.environ,
                "SOCLE_DATABASE_URL": into or f"sqlite:///{folder / 'restored.sqlite3'}",
                "SOCLE_VAR": str(folder / "var"),
                "SOCLE_ERASED_LIST": str(settings.ERASED_LIST),
            }
            self.timed("restored into another database", lambda: self.run(target, "restore", str(made)))
            told = self.timed("looked", lambda: self.run(target, "drill", LOOK, json.dumps(asdict(cast))))
            self.judge(json.loads(told.splitlines()[-1]), cast, before)

    def look(self, cast: Cast) -> None:
        """In the restored database: say what is there as JSON."""
        rows, found = survey(cast.traces)
        had, has = go_on(cast.open)
        self.stdout.write(
            json.dumps({"found": found, "had": had, "has": has, "upload": has_upload(cast), "rows": rows})
        )

    def judge(self, told: dict[str, Any], cast: Cast, before: dict[str, int]) -> None:
        """Compare what is there with what should be; raise DrillFailed."""
        missing = {
            name: (count, told["rows"].get(name)) for name, count in before.items() if _shrank(name, count, told)
        }
        if told["found"]:
            raise DrillFailed(f"Erased, and back: {told['found']}")
        if (told["had"], told["has"], told["upload"]) != (3, 4, True):
            raise DrillFailed(f"The open attempt or the upload is not as it was: {told}")
        self.stdout.write(f"rows before {sum(before.values())}, restored {sum(told['rows'].values())}")
        self.stdout.write(f"fewer only where somebody was erased: {missing}")
        self.stdout.write("Nobody came back; every acknowledged answer is there, and the attempt goes on.")

    def timed(self, what: str, act: Callable[[], Any]) -> Any:
        """Do it, say how long it took, return what it returned."""
        begun = time.monotonic()
        found = act()
        self.stdout.write(f"{time.monotonic() - begun:7.1f} s  {what}")
        self.stdout.flush()
        return found

    def run(self, environment: dict[str, str], *arguments: str) -> str:
        """Run a command of ours in the other installation; return what it printed."""
        command = [sys.executable, str(MANAGE), *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise DrillFailed(f"{arguments[0]}: {done.stderr[-500:]}")
        return done.stdout


def _shrank(name: str, count: int, told: dict[str, Any]) -> bool:
    return name not in MOVING and told["rows"].get(name, 0) < count
