"""Wrong numbers are counted by account: after five in an hour, that account waits an hour."""

from datetime import datetime, timedelta

from kernel.retention import purges

from ..models import WrongTry

MOST, WITHIN, WAIT = 5, timedelta(hours=1), timedelta(hours=1)


def locked_until(*, user_id: int, now: datetime) -> datetime | None:
    """Return until when an account has to wait before it tries again; None when it may try now."""
    times = list(_recent(user_id, now))
    for last in range(len(times) - 1, MOST - 2, -1):
        is_run = times[last] - times[last - MOST + 1] < WITHIN
        if is_run and now < times[last] + WAIT:
            return times[last] + WAIT
    return None


def note(*, user_id: int, now: datetime) -> int:
    """Keep that a try was wrong; return how many are left before the account has to wait."""
    WrongTry.objects.create(user_id=user_id, at=now)
    within = WrongTry.objects.filter(user_id=user_id, at__gt=now - WITHIN).count()
    return max(0, MOST - within)


def _recent(user_id: int, now: datetime) -> list[datetime]:
    rows = WrongTry.objects.filter(user_id=user_id, at__gt=now - WITHIN - WAIT, at__lte=now)
    return list(rows.order_by("at", "pk").values_list("at", flat=True))


@purges("wrong_claim_tries")
def purge_tries(before: datetime) -> int:
    """Remove the tries older than a date."""
    return WrongTry.objects.filter(at__lt=before).delete()[0]
