"""Build the walls of PostgreSQL, say what is wrong with them, or show them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from lms.walls import applying, guarding


class Command(BaseCommand):
    help = "Make row-level security what lms/walls/table.py says (migrate does it too), as the owner of the tables."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--check", action="store_true", help="change nothing; as the role that serves")
        what.add_argument("--show", action="store_true", help="print the policies")
        what.add_argument("--remove", action="store_true", help="take the walls away, until the next migrate")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["show"]:
            self.stdout.write("\n".join(applying.lines()))
            return
        if connection.vendor != "postgresql":
            raise CommandError("Row-level security is PostgreSQL's; this database has the first wall alone.")
        if options["check"]:
            self.check_walls()
            return
        changed = applying.remove() if options["remove"] else applying.apply()
        self.stdout.write(f"row security: {len(changed)} tables changed")

    def check_walls(self) -> None:
        """Say what is wrong; raises CommandError when something is."""
        found = [*guarding.problems(), *guarding.breaches()]
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("row security: every wall stands, and this role is behind them")
