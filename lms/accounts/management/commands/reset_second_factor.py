"""Take the second factor away from somebody who lost the device and the recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kernel import clock
from lms.accounts.models import User
from lms.accounts.second_factor.services import reset
from lms.accounts.second_factor.staff import is_staff


class Command(BaseCommand):
    help = (
        "Remove the second factor of the person with this e-mail address, once somebody made sure who is asking "
        "(asks for --by and --yes). It is noted in the audit and told to the person."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--by", required=True, help="the address of the member of staff who answers for it")
        parser.add_argument("--yes", action="store_true", help="do it; without it, only say whose it would be")

    def handle(self, *args: Any, **options: Any) -> None:
        user, by = _found(options["email"]), _found(options["by"])
        if by == user or not (by.is_active and is_staff(by, clock.now())):
            raise CommandError(f"{by.email} cannot answer for it: another member of staff does.")
        if not options["yes"]:
            raise CommandError(f"The second factor of {user.email} would be removed. Add --yes to do it.")
        if not reset(user=user, by=by, now=clock.now()):
            raise CommandError(f"{user.email} has no second factor.")
        self.stdout.write("Removed, noted and told.")


def _found(email: str) -> User:
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise CommandError(f"Nobody here has the address {email}.")
    return user
