"""`manage.py check_bank`: refuse what breaks a rule of docs/items.md, show what the bank covers. No database."""

import json
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from question_bank.itemfiles.coverage import Coverage, coverage
from question_bank.itemfiles.promises import bank_problems
from question_bank.itemfiles.reading import CONTENT, read_bank
from question_bank.itemfiles.serving import serving, told

WIDTH = 40  # of the longest bar


class Command(BaseCommand):
    help = "Check the item files against the rules of docs/items.md and print what the bank covers."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--path", type=Path, help="one file or folder instead of the whole bank")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        table = check(options["path"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(table.to_json(), ensure_ascii=False))
        else:
            self._print(table, options["path"])
        if table.problems:
            raise CommandError(f"{len(table.problems)} problem(s).", returncode=1)

    def _print(self, table: Coverage, path: Path | None) -> None:
        for problem in table.problems:
            self.stdout.write(problem)
        self.stdout.write(f"\n{table.published} published items\n")
        for one in table.shortfalls:
            self.stdout.write(told(one))
        for title, counts in table.to_json().items():
            if isinstance(counts, dict):
                self.stdout.write(f"\n{title.replace('_', ' ')}")
                longest = max([WIDTH, *counts.values()])
                for name, count in counts.items():
                    if count or path is None:
                        self.stdout.write(f"  {name:<16}{count:>5}  {'█' * round(WIDTH * count / longest)}")


def check(path: Path | None) -> Coverage:
    """Return the table of the files under `path`, or of the whole bank with what it must hold as a whole."""
    if path is not None and not path.exists():
        raise CommandError(f"{path}: there is no such file or folder.")
    bank = read_bank(path or CONTENT)
    items = [item.data for item in bank.items]
    is_whole = path is None and not bank.problems  # what a bank lacks is said once each of its items is sound
    whole = bank_problems(items) if is_whole else ()
    lacks = list(serving(items)) if is_whole else []
    unservable = [told(one) for one in lacks if not one["is_servable"]]
    return replace(coverage(items, [*bank.problems, *whole, *unservable]), shortfalls=lacks)
