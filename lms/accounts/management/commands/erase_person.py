"""Remove one person and everything that is theirs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.accounts.api import User, erase_person
from lms.accounts.errors import PersonOnHold


class Command(BaseCommand):
    help = "Erase the person with this e-mail address and everything that is theirs (asks for --yes)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--yes", action="store_true", help="do it; without it, only say who would be erased")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"Nobody here has the address {options['email']}.")
        if not options["yes"]:
            raise CommandError(f"{user.email} would be erased with everything that is theirs. Add --yes to do it.")
        try:
            erase_person(user=user)
        except PersonOnHold as error:
            raise CommandError(str(error.sentence)) from error
        self.stdout.write("Erased.")
