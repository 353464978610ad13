"""Write the site's first pages."""

from typing import Any

from django.core.management.base import BaseCommand

from lms.learning.api import create_home_pages


class Command(BaseCommand):
    help = "Write the home page in French and English as the site's root, unless it is there."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("The home pages are written." if create_home_pages() else "The home pages were there.")
