"""`manage.py export_items`: the bank as a file for other tools, and what the format does not hold."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from question_bank.authoring.models import Stage
from question_bank.exchange import exporting, formats


class Command(BaseCommand):
    help = "Export items to QTI 3.0, Moodle XML, GIFT or CSV; what the format does not hold is told."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=list(formats.WRITERS), required=True)
        parser.add_argument(
            "--output", type=Path, help="default: socle-qti3.zip, socle-moodle.xml, socle.gift, socle.csv"
        )
        parser.add_argument("--competency", default="", help="only this one (D3.C1)")
        parser.add_argument("--stage", choices=Stage.values, default="", help="only these")

    def handle(self, *args: Any, **options: Any) -> None:
        kind = options["format"]
        written = exporting.export_items(kind=kind, competency=options["competency"], stage=options["stage"])
        path = options["output"] or Path(formats.FILES[kind][0])
        path.write_bytes(written.data)
        for note in written.lost:
            self.stderr.write(str(note))
        self.stdout.write(f"{written.count} items written to {path}; {len(written.lost)} remarks")
