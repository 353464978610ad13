"""`manage.py check_modules`: refuse what breaks a rule of docs/modules.md, show what the modules cover. No database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms.learning.modulefiles.checking import covered, read_content
from lms.learning.modulefiles.coverage import Coverage
from lms.learning.modulefiles.reading import CONTENT

COUNTED = ("published", "drafts", "journeys", "minutes", "items", "simulations")


class Command(BaseCommand):
    help = "Check the module and journey files against the rules of docs/modules.md and print what they cover."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--path", type=Path, help="one module’s folder, or any folder of modules and journeys")
        parser.add_argument("--format", choices=["table", "json"], default="table")
        parser.add_argument("--complete", action="store_true", help="refuse what remains to be written, too")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["path"]
        if path is not None and not path.exists():
            raise CommandError(f"{path}: there is no such file or folder.")
        table = covered(read_content(path or CONTENT))
        if path is not None and not options["complete"]:
            table.to_write = []
        if options["format"] == "json":
            self.stdout.write(json.dumps(table.to_json(), ensure_ascii=False))
        else:
            self._print(table)
        wrong = len(table.problems) + (len(table.to_write) if options["complete"] else 0)
        if wrong:
            raise CommandError(f"{wrong} problem(s).", returncode=1)

    def _print(self, table: Coverage) -> None:
        for problem in table.problems:
            self.stdout.write(problem)
        self.stdout.write("\n" + ", ".join(f"{getattr(table, name)} {name}" for name in COUNTED))
        self.stdout.write(f"\n{'by competency':<18}{'entry':>7}{'further':>9}")
        for code, levels in table.by_competency.items():
            self.stdout.write(f"  {code:<16}{levels['entry'] or '·':>7}{levels['further'] or '·':>9}")
        for name in ("by_audience", "by_language"):
            self.stdout.write(f"\n{name.replace('_', ' ')}")
            for key, count in getattr(table, name).items():
                self.stdout.write(f"  {key:<16}{count:>7}")
        if table.to_write:
            self.stdout.write("\nreste à écrire (remains to be written)")
            for sentence in table.to_write:
                self.stdout.write(f"  {sentence}")
