"""`manage.py import_items`: from a file of another tool to drafts, whole or not at all."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kernel.errors import SocleError
from question_bank.exchange import formats, importing
from question_bank.exchange.limits import MAX_BYTES
from question_bank.exchange.notes import Refused


class Command(BaseCommand):
    help = "Import items from QTI, Moodle XML, GIFT, CSV or XLSX, as drafts of their author."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=formats.READABLE, default="", help="recognised if not given")
        parser.add_argument("--author", help="e-mail of the account whose drafts they are")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done; write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"]
        try:
            if path.stat().st_size > MAX_BYTES:
                raise CommandError(f"{path}: larger than {MAX_BYTES // 2**20} MB.")
            asked = {"name": path.name, "data": path.read_bytes(), "kind": options["format"]}
            done = importing.preview(**asked) if options["dry_run"] else self._import(asked, options["author"])
        except OSError as error:
            raise CommandError(f"{path}: cannot be read: {error.strerror}.") from error
        except Refused as error:
            raise CommandError(f"{path}: {error}", returncode=1) from None
        except SocleError as error:
            raise CommandError(error.sentence) from error
        self._tell(done, options["dry_run"])

    def _import(self, asked: dict[str, Any], email: str | None) -> importing.Preview:
        author = get_user_model().objects.filter(email=email or "").first()
        if author is None:
            raise CommandError("--author: no account has this e-mail.")
        return importing.import_items(author=author, now=timezone.now(), **asked)

    def _tell(self, done: importing.Preview, is_dry: bool) -> None:
        for note in (*done.reading.about, *done.left_out, *(note for one in done.new for note in one.notes)):
            self.stderr.write(str(note))
        for one in done.duplicates:
            self.stderr.write(f"{one.place}:{one.line}: {one.data['key']} = {one.same_as}")
        told = "would be written" if is_dry else "written"
        self.stdout.write(
            f"{done.reading.format}: {len(done.new)} drafts {told}, {len(done.duplicates)} duplicates, "
            f"{len(done.left_out)} left out"
        )
