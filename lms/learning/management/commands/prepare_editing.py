"""`manage.py prepare_editing`: who may do what to modules and journeys in /cms/, and their workflow; again, nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from lms.learning.api import create_home_pages, prepare_editing


class Command(BaseCommand):
    """Run it after `prepare_authoring`, which writes the groups."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the catalogue if it is not there, then the rights."""
        create_home_pages()
        prepare_editing()
        self.stdout.write("Authors and reviewers have their rights on the catalogue.")
