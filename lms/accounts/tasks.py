"""What the worker does by the clock: accounts that nobody uses any more."""

from celery import shared_task

from kernel import clock

from .inactivity import ending


@shared_task(ignore_result=True)
def end_inactive_accounts() -> tuple[int, int]:
    """End the accounts of those who were told, tell those whose turn it is; return how many of each."""
    return ending.end(now=clock.now()), ending.tell(now=clock.now())
