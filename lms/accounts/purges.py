"""What accounts remove when its time is over, besides the accounts themselves (inactivity)."""

from datetime import datetime

from kernel.retention import purges

from .models import Session


@purges("sessions")
def purge_sessions(before: datetime) -> int:
    """Remove the sessions that expired before a date."""
    return Session.objects.filter(expire_date__lt=before).delete()[0]
