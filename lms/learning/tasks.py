"""What the worker does by the clock: publish what is planned, remind those who asked of their reviews."""

from celery import shared_task

from kernel import clock

from .planned import publish_due
from .review.reminding import remind_due


@shared_task(ignore_result=True)
def remind_reviews() -> int:
    """Send the reminders of this hour; return how many."""
    return remind_due(now=clock.now())


@shared_task(ignore_result=True)
def publish_scheduled() -> None:
    """Publish the pages whose day has come, and withdraw those whose time is over."""
    publish_due(now=clock.now())
