"""Fill the retention table from its file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from kernel.datafile import DataFileError
from kernel.models import Retention
from kernel.retention import FILE, Rule, rules


class Command(BaseCommand):
    help = "Fill the retention table from kernel/data/retention.yaml; a row that differs is kept unless --force."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--path", type=Path, default=FILE)
        parser.add_argument("--force", action="store_true", help="write the file's value over a row that differs")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = rules(options["path"])
        except DataFileError as error:
            raise CommandError(str(error)) from error
        outcomes = [self.load(rule, force=options["force"]) for rule in loaded]
        self.stdout.write(f"retention: {len(outcomes)} rules, {sum(outcomes)} written")

    def load(self, rule: Rule, *, force: bool) -> bool:
        """Write one rule; return whether the row changed."""
        values = {"days": rule.days, "basis": rule.basis, "basis_en": rule.basis_en}
        row, is_new = Retention.objects.get_or_create(kind=rule.kind, defaults=values)
        if is_new or all(getattr(row, name) == value for name, value in values.items()):
            return is_new
        lacks_english = (row.days, row.basis, row.basis_en) == (rule.days, rule.basis, "")
        if not force and not lacks_english:
            self.stderr.write(f"{rule.kind}: the table says {row.days} days, the file {rule.days}; kept (--force)")
            return False
        Retention.objects.filter(pk=row.pk).update(**values)
        return True
