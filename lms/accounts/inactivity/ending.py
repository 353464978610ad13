"""Telling people that their account ends, and ending it: nobody's ends who was not told, or came back since.

A person is one transaction: a worker that dies in the middle leaves whole people, and the next run goes on.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, transaction

from kernel.models import Mail
from kernel.retention import days

from ..models import InactivityNotice, User
from ..services import erase_person
from .letters import write_letter
from .presence import quiet, still_here

logger = logging.getLogger(__name__)
ACCOUNTS, NOTICE = "inactive_accounts", "inactivity_notice"
AT_ONCE = 500  # accounts looked at together
MOST_LETTERS, MOST_ENDS = 500, 50  # of one run: the post and the database have others to serve


def tell(*, now: datetime) -> int:
    """Write to those whose account ends in thirty days, each once; return how many letters."""
    written = 0
    since = now - timedelta(days=days(ACCOUNTS) - days(NOTICE))
    for user_id in _gone(since):
        written += _tell(user_id, since, now)
        if written >= MOST_LETTERS:
            break
    return written


def end(*, now: datetime) -> int:
    """Erase those who were told thirty days ago and did not come back; return how many."""
    _note_sent(now)
    told = InactivityNotice.objects.filter(sent_at__lte=now - timedelta(days=days(NOTICE)), kept_at=None)
    due = list(told.order_by("sent_at", "pk").values_list("user_id", flat=True)[:MOST_ENDS])
    return sum(_end_safely(user_id, now) for user_id in due)


def keep(*, user_id: int, now: datetime) -> bool:
    """Keep an account whose person followed the link of their letter; return whether there is one to keep."""
    return bool(InactivityNotice.objects.filter(user_id=user_id).update(kept_at=now))


def _gone(since: datetime) -> Iterator[int]:
    """Yield the accounts that are no longer here since then and have no letter on its way."""
    told = set(InactivityNotice.objects.filter(kept_at=None).order_by().values_list("user_id", flat=True))
    found = [user_id for user_id in quiet(since) if user_id not in told]
    for start in range(0, len(found), AT_ONCE):
        some = found[start : start + AT_ONCE]
        here = still_here(some, since)
        yield from (user_id for user_id in some if user_id not in here)


@transaction.atomic
def _tell(user_id: int, since: datetime, now: datetime) -> bool:
    """The letter and the row that says it was written are one: neither is there without the other."""
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id).first()
    if user is None or still_here([user_id], since):
        return False
    if InactivityNotice.objects.filter(user=user, kept_at=None).exists():
        return False  # another worker, while this one waited
    letter = write_letter(user, last_day=now + timedelta(days=days(NOTICE)))
    told = {"mail": letter.uuid, "written_at": now, "sent_at": None, "kept_at": None}
    InactivityNotice.objects.update_or_create(user=user, defaults=told)
    return True


def _note_sent(now: datetime) -> None:
    """Keep when letters left, before the post forgets them; one that never left is written again."""
    waiting = InactivityNotice.objects.filter(sent_at=None, kept_at=None)
    for pk, mail, written_at in list(waiting.order_by("pk").values_list("pk", "mail", "written_at")):
        sent_at = _sent_at(mail)
        if sent_at is not None:
            waiting.filter(pk=pk).update(sent_at=sent_at)
        elif written_at <= now - timedelta(days=days(NOTICE)):
            waiting.filter(pk=pk).delete()


def _sent_at(mail: UUID) -> datetime | None:
    return Mail.objects.filter(uuid=mail, state=Mail.State.SENT).values_list("sent_at", flat=True).first()


def _end_safely(user_id: int, now: datetime) -> bool:
    """One person whom something still holds does not keep the others here."""
    try:
        return _end(user_id, now)
    except DatabaseError:
        logger.exception("account %s could not be ended", user_id)
        return False


@transaction.atomic
def _end(user_id: int, now: datetime) -> bool:
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id).first()
    if user is None:
        return False
    if still_here([user_id], now - timedelta(days=days(ACCOUNTS))):
        InactivityNotice.objects.filter(user=user, kept_at=None).delete()
        return False
    erase_person(user=user)
    return True
