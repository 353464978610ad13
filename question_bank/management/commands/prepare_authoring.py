"""`manage.py prepare_authoring`: the roles and the workflow of /cms/, once; again, nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from question_bank.authoring.roles import RIGHTS, prepare_authoring


class Command(BaseCommand):
    help = (
        "Write the groups of authors, reviewers and readers of the bank with their rights, and the workflow of items."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        prepare_authoring()
        self.stdout.write(f"{len(RIGHTS)} roles in /cms/: {', '.join(RIGHTS)}")
