"""The reminder: asked for, once a day at most, only when something is due, and it stops when nobody answers it."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from kernel import actors
from kernel.mail import queue_mail
from lms.accounts.api import User
from lms.learning.models import ReviewReminder

from . import due
from .due import local_date, zone_named, zone_of

SALT: Final = "lms.learning.review.reminder"
MOST_UNANSWERED: Final = 3
LATE: Final = 3  # hours after the one chosen: a worker that was away does not write in the night


@transaction.atomic
def set_reminder(*, owner_id: int, is_on: bool, hour: int, now: datetime) -> ReviewReminder:
    """Keep whether a person wants to be reminded, and at which hour (0 to 23) of their day."""
    values = {"is_on": is_on, "hour": hour, "unanswered": 0, "changed_at": now}
    row, _is_new = ReviewReminder.objects.update_or_create(owner_id=owner_id, defaults=values)
    return row


def stop_token(owner_id: int) -> str:
    """Return what the letter's link carries: it stops the reminder of this person, and does nothing else."""
    return Signer(salt=SALT).sign(str(owner_id))


def owner_of(token: str) -> int | None:
    """Return whose reminder a link stops; None when the link is not one of ours."""
    try:
        return int(Signer(salt=SALT).unsign(token))
    except (BadSignature, ValueError):
        return None


@actors.as_worker()
def stop(owner_id: int, now: datetime) -> None:
    """Stop reminding a person. Twice is once."""
    ReviewReminder.objects.filter(owner_id=owner_id).update(is_on=False, changed_at=now)


def remind_due(*, now: datetime) -> int:
    """Write to those who asked for it at this hour, and who have something due; return how many letters that made."""
    return sum(_remind(pk, now) for pk in _candidates(now))


def _candidates(now: datetime) -> list[int]:
    """Return the reminders whose hour it may be: one question per time zone, whatever the number of people."""
    asked = ReviewReminder.objects.filter(is_on=True)
    zones = asked.order_by("owner__time_zone").values_list("owner__time_zone", flat=True).distinct()
    found: list[int] = []
    for name in list(zones):
        here = now.astimezone(zone_named(name))
        due_now = asked.filter(owner__time_zone=name, hour__lte=here.hour, hour__gt=here.hour - LATE)
        not_yet = due_now.filter(Q(last_sent_date=None) | ~Q(last_sent_date=here.date()))
        found += not_yet.order_by("pk").values_list("pk", flat=True)
    return found


@transaction.atomic
def _remind(pk: int, now: datetime) -> bool:
    locked = ReviewReminder.objects.select_for_update(of=("self",)).select_related("owner")
    row = locked.filter(pk=pk, is_on=True).order_by("pk").first()
    if row is None or not _is_time(row, now) or not due.has_due(row.owner, now):
        return False
    row.unanswered += 1
    row.last_sent_date = local_date(now, zone_of(row.owner))
    row.is_on = row.unanswered < MOST_UNANSWERED
    row.save(update_fields=["unanswered", "last_sent_date", "is_on"])
    _write(row, now)
    return True


def _is_time(row: ReviewReminder, now: datetime) -> bool:
    here = now.astimezone(zone_of(row.owner))
    return row.hour <= here.hour < row.hour + LATE and row.last_sent_date != here.date() and row.owner.is_active


def _write(row: ReviewReminder, now: datetime) -> None:
    person: User = row.owner
    with override(person.language):
        reviews = due.reviews_of(person, now)
        context = {
            "count": max(reviews.today, 1),
            "minutes": max(reviews.minutes, 1),
            "is_last": not row.is_on,
            "review_url": _address(reverse("own:reviews")),
            "stop_url": _address(reverse("own:stop_reminder", args=[stop_token(person.pk)])),
        }
        bodies = [render_to_string(f"learning/mail/reminder.{kind}", context) for kind in ("txt", "html")]
        queue_mail(to=person.email, subject=_("Vos révisions du jour"), text=bodies[0], html=bodies[1])


def _address(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"
