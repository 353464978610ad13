"""Merge an institution into another; without --yes, only say what would move."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from kernel import clock
from kernel.errors import SocleError
from lms.cohorts.institutions.merging import merge_institution, plan_merger
from lms.cohorts.models import Institution


class Command(BaseCommand):
    help = "Move everything of one institution to another, named by their keys; nothing is written without --yes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source")
        parser.add_argument("into")
        parser.add_argument("--yes", action="store_true", help="do it")

    def handle(self, *args: Any, **options: Any) -> None:
        source, into = _institution(options["source"]), _institution(options["into"])
        try:
            with translation.override("en"):  # as everything else that the command says
                if options["yes"]:
                    plan = merge_institution(source=source, into=into, actor_id=None, now=clock.now())
                else:
                    plan = plan_merger(source=source, into=into)
        except SocleError as error:
            raise CommandError(error.sentence) from error
        verb = "Moved" if options["yes"] else "Would move"
        counts = f"{plan.cohorts} cohorts, {plan.students} students, {plan.roles} roles, {plan.attached} attachments"
        self.stdout.write(f"{verb} from {source} to {into}: {counts}.")
        for name in plan.renamed:
            self.stdout.write(f"renamed: {name}")
        for left, right in plan.alike:
            self.stdout.write(f"alike, kept apart: {left} and {right}")
        if not options["yes"]:
            self.stdout.write("Nothing was written. Say --yes to do it.")


def _institution(key: str) -> Institution:
    found = Institution.objects.filter(key=key).first()
    if found is None:
        raise CommandError(f"No institution has the key “{key}”.")
    return found
