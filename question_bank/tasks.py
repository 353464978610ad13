"""What the bank does by itself, at its hours."""

from celery import shared_task

from kernel import clock

from .models import BankRelease
from .services import publish_release


@shared_task(name="question_bank.tasks.leave_out_ended_items")
def leave_out_ended_items() -> bool:
    """Publish a release without the items whose rule has ended (`valid_to`); nothing when none has."""
    return BankRelease.objects.exists() and publish_release(now=clock.now())[1]
