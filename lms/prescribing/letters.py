"""The letter of a reminder: what is asked, by whom, by when, one button, and a link that stops it."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from kernel.mail import queue_mail
from lms.accounts.api import User
from lms.assessments.api import Assignment, Participation, written_day

from .titles import journeys_by_key, title_of

SALT: Final = "lms.prescribing.reminder"


def stop_token(assignment_id: int, user_id: int) -> str:
    """Return what the letter's link carries: it stops the reminders of this demand for this person, nothing else."""
    return Signer(salt=SALT).sign(f"{assignment_id}-{user_id}")


def read_stop_token(token: str) -> tuple[int, int] | None:
    """Return the assignment and the person of a link; None when it is not one of ours."""
    try:
        assignment_id, user_id = Signer(salt=SALT).unsign(token).split("-")
        return int(assignment_id), int(user_id)
    except (BadSignature, ValueError):
        return None


def write_letter(asked: Assignment, user_id: int, closes_at: datetime | None) -> None:
    """Queue the letter about `asked`, which ends then for this person, in their language; none if they shut it."""
    person = User.objects.filter(pk=user_id, is_active=True).first()
    if person is None:
        return
    with override(person.language):
        context = _context(asked, person, closes_at)
        bodies = [render_to_string(f"prescribing/mail/reminder.{kind}", context) for kind in ("txt", "html")]
        queue_mail(to=person.email, subject=_subject(context), text=bodies[0], html=bodies[1])


def _subject(context: dict[str, object]) -> str:
    if context["closes_day"]:
        return _("À faire jusqu’au %(day)s : %(title)s") % {"day": context["closes_day"], "title": context["title"]}
    return _("À faire : %(title)s") % {"title": context["title"]}


def _context(asked: Assignment, person: User, closes_at: datetime | None) -> dict[str, object]:
    row = Participation.objects.filter(assignment=asked, user=person).first()
    return {
        "title": title_of(asked, journeys_by_key()),
        "institution": asked.institution.name,
        "closes_day": written_day(closes_at, asked.institution) if closes_at else "",
        "is_begun": bool(row and row.begun_at),
        "message": asked.message,
        "url": _address(reverse("prescribing:asked", args=[asked.written_code])),
        "stop_url": _address(reverse("prescribing:stop", args=[stop_token(asked.pk, person.pk)])),
    }


def _address(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"
