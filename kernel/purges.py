"""What the kernel itself removes when its time is over."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from .erasures import write_list
from .models import AuditEntry, Erasure, Job, Mail, OutboxEvent
from .models.job import JobState
from .models.mail import MailState
from .retention import purges


@purges("outbox_events")
def purge_outbox(before: datetime) -> int:
    """Remove events dispatched before a date that every listener has handled."""
    return OutboxEvent.objects.filter(dispatched_at__lt=before, deliveries=None).delete()[0]


@purges("mail_bodies")
def purge_mail_bodies(before: datetime) -> int:
    """Remove e-mails, texts and addresses, that ended before a date."""
    return Mail.objects.filter(state__in=[MailState.SENT, MailState.FAILED], created_at__lt=before).delete()[0]


@purges("jobs")
def purge_jobs(before: datetime) -> int:
    """Remove jobs that ended before a date."""
    return Job.objects.filter(state__in=[JobState.DONE, JobState.FAILED], finished_at__lt=before).delete()[0]


@purges("audit")
def purge_audit(before: datetime) -> int:
    """Remove audit entries older than a date."""
    return AuditEntry.objects.all().erase_before(before)


@purges("erasures")
def purge_erasures(before: datetime) -> int:
    """Forget what was erased before a date, in the table and in the list beside it: no backup holds it any more."""
    if Path(settings.ERASED_LIST).exists():
        write_list(before=before)
    return Erasure.objects.filter(at__lt=before).delete()[0]
