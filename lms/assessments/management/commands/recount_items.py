"""Count the answers to items again, from the attempts that are here; what erased ones left is kept."""

from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from lms.assessments import counting
from lms.assessments.models import Attempt
from question_bank import api as bank

AT_ONCE = 200


class Command(BaseCommand):
    help = "Count the answers to items again from the finished attempts; counts of erased attempts stay as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            bank.empty_counts()
            finished = Attempt.objects.exclude(finished_at=None).select_related("assessment").order_by("pk")
            attempts = finished.iterator(chunk_size=AT_ONCE)
            counted = sum(
                counting.count_attempts(several) for several in iter(lambda: list(islice(attempts, AT_ONCE)), [])
            )
        self.stdout.write(f"{counted} attempts counted.")
