"""`manage.py index_modules`: write what search and the glossary read again, from the published pages."""

from typing import Any

from django.core.management.base import BaseCommand

from lms.learning.catalogue.indexing import index_everything


class Command(BaseCommand):
    help = "Index the words and the terms of every published module again."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{index_everything()} pages indexed")
