"""What the worker does by the clock: remind people of what ends soon."""

from celery import shared_task

from kernel import clock

from .reminding import remind_due


@shared_task(ignore_result=True)
def remind_of_ends() -> int:
    """Ask for the reminders of this morning; return how many."""
    return remind_due(now=clock.now())
