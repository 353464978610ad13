"""The letters that offer their place to students who have not taken it: written by a job, never twice in three days."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from kernel import audit, jobs
from kernel.mail import queue_mail
from kernel.models import Job

from ..languages import language_for
from ..models import ClaimLetter, Cohort, Enrolment, Student
from ..types import Access
from .services import digest

JOB = "cohorts.write_claim_letters"
BYTES = 32
VALID = timedelta(days=30)
QUIET = timedelta(days=3)
TOKEN = "TOKEN"  # noqa: S105 - what stands for it in the address that the job is given
BATCH = 50
PER_MINUTE = 600  # what the worker sends: a batch of fifty every five seconds


def unclaimed(cohort: Cohort) -> QuerySet[Student]:
    """Return the students who are enrolled in a cohort and hold no account."""
    places = Enrolment.objects.filter(cohort=cohort, end_date=None).order_by()
    return Student.objects.filter(pk__in=places.values("student_id"), user=None).order_by("pk")


def to_write_to(cohort: Cohort, *, is_again: bool, now: datetime) -> QuerySet[Student]:
    """Return those to whom a letter would go: with an address and, unless `is_again`, none in the last three days."""
    rows = unclaimed(cohort).exclude(email="")
    return rows if is_again else rows.filter(Q(claim_letter=None) | Q(claim_letter__written_at__lte=now - QUIET))


@transaction.atomic
def write_to_all(
    *, cohort: Cohort, is_again: bool, address: Callable[[str], str], access: Access, now: datetime
) -> int:
    """Have the letters written by a job; return how many. `address`: the whole address of a link, from its token."""
    count = to_write_to(cohort, is_again=is_again, now=now).count()
    if count:
        payload = {"cohort": cohort.pk, "again": is_again, "at": now.isoformat(), "address": address(TOKEN)}
        jobs.enqueue(JOB, payload, owner=access.user_id)
        details = {"letters": count, "again": is_again}
        audit.record(actor_id=access.user_id, action="claim_letters.asked", target=cohort, details=details, at=now)
    return count


@jobs.job(JOB)
def run(job: Job) -> None:
    """Write the letters of a job; running it again writes only those that are missing."""
    asked_at = datetime.fromisoformat(job.payload["at"])
    cohort = Cohort.objects.select_related("institution").get(pk=job.payload["cohort"])
    ids = list(to_write_to(cohort, is_again=job.payload["again"], now=asked_at).values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            for pk in ids[start : start + BATCH]:
                _write(pk, cohort, job.payload["address"], job.owner, asked_at)
        jobs.report_progress(job, min(99, 100 * (start + BATCH) // len(ids)))


def _write(pk: int, cohort: Cohort, address: str, author: int | None, at: datetime) -> None:
    """Write to one student, unless they took their place, or this letter was written, since the job began."""
    student = Student.objects.select_for_update(of=("self",)).filter(pk=pk, user=None).exclude(email="").first()
    before = ClaimLetter.objects.filter(student_id=pk).first()
    if student is None or (before is not None and before.written_at >= at):
        return
    token = secrets.token_urlsafe(BYTES)
    facts = {"token_digest": digest(token), "written_by_id": author, "written_at": at, "expires_at": at + VALID}
    letters = before.letters + 1 if before else 1
    letter, _is_new = ClaimLetter.objects.update_or_create(student=student, defaults={**facts, "letters": letters})
    _queue(letter, cohort, address.replace(TOKEN, token))


def _queue(letter: ClaimLetter, cohort: Cohort, address: str) -> None:
    with translation.override(language_for(letter.student.email, cohort.institution)):
        context = {"student": letter.student, "letter": letter, "cohort": cohort, "address": address}
        subject = _("Votre place dans %(cohort)s vous attend") % {"cohort": cohort.name}
        text = render_to_string("cohorts/mail/claim.txt", context)
        html = render_to_string("cohorts/mail/claim.html", context)
        queue_mail(to=letter.student.email, subject=subject, text=text, html=html)
