"""Print everything the platform knows of one person, as JSON."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from lms.accounts.api import User, export_person


class Command(BaseCommand):
    help = "Print everything Socle knows of the person with this e-mail address, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"Nobody here has the address {options['email']}.")
        self.stdout.write(json.dumps(export_person(user=user), cls=DjangoJSONEncoder, indent=2, ensure_ascii=False))
