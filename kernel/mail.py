"""E-mail: written as a row in the transaction that wants it, sent afterwards."""

import logging
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F, Q

from . import actors
from .models import Mail
from .models.mail import MailState

logger = logging.getLogger(__name__)
FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=2)
MAX_ATTEMPTS = 10
# Far beyond EMAIL_TIMEOUT: whoever claimed it is dead, not slow.
STALE_AFTER = timedelta(minutes=15)
BATCH = 50


@actors.as_worker()
def queue_mail(*, to: str, subject: str, text: str, html: str | None = None) -> Mail:
    """Write an e-mail to be sent after commit; the subject is put on one line."""
    return Mail.objects.create(to=to, subject=" ".join(subject.split())[:255], text=text, html=html or "")


def send_due(*, now: datetime) -> int:
    """Send what is due and return how many went out; each row is claimed before it is sent."""
    stale = Mail.objects.filter(state=MailState.SENDING, claimed_at__lt=now - STALE_AFTER)
    stale.update(state=MailState.QUEUED)
    return sum(send(pk, now=now) for pk in list(_due(now).values_list("pk", flat=True)[:BATCH]))


def send(pk: int, *, now: datetime) -> bool:
    """Send one row if it is due and nobody else has it."""
    row = _claim(pk, now=now)
    if row is None:
        return False
    try:
        _message(row).send()
    except Exception as error:  # noqa: BLE001 - each back end has its own exceptions; the row keeps the reason
        _put_off(row, error, now=now)
        return False
    Mail.objects.filter(pk=pk).update(state=MailState.SENT, sent_at=now, error="")
    return True


def _due(now: datetime) -> Any:
    due = Q(next_attempt_at=None) | Q(next_attempt_at__lte=now)
    return Mail.objects.filter(due, state=MailState.QUEUED).order_by("id")


def _claim(pk: int, *, now: datetime) -> Mail | None:
    taken = (
        _due(now).filter(pk=pk).order_by().update(state=MailState.SENDING, claimed_at=now, attempts=F("attempts") + 1)
    )
    return Mail.objects.get(pk=pk) if taken else None


def _message(row: Mail) -> EmailMultiAlternatives:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Message-ID": f"<{row.uuid}@{domain}>", "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(row.subject, row.text, to=[row.to], headers=headers)
    if row.html:
        message.attach_alternative(row.html, "text/html")
    return message


def _put_off(row: Mail, error: Exception, *, now: datetime) -> None:
    logger.warning("e-mail %s not sent: %s", row.uuid, error)
    is_last = row.attempts >= MAX_ATTEMPTS
    Mail.objects.filter(pk=row.pk).update(
        state=MailState.FAILED if is_last else MailState.QUEUED,
        error=f"{type(error).__name__}: {error}"[:2000],
        next_attempt_at=now + min(FIRST_DELAY * 2 ** (row.attempts - 1), LONGEST_DELAY),
    )
