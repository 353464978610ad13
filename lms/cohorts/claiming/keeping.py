"""What a coordinator sees of the places of a cohort: how many are taken, and what would open the others."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from kernel.models import Job

from ..models import Cohort, Enrolment, JoinCode
from . import codes, letters


@dataclass(frozen=True)
class Places:
    """The places of a cohort, counted. `to_write`: letters that would leave; `recent`: written to within three days."""

    enrolled: int
    claimed: int
    without_address: int
    to_write: int
    recent: int
    code: JoinCode | None
    job: Job | None

    @property
    def waiting(self) -> int:
        """Return how many have not taken their place."""
        return self.enrolled - self.claimed


def places_of_cohort(cohort: Cohort, now: datetime) -> Places:
    """Return the places of a cohort: five queries, whatever their number."""
    counts = Enrolment.objects.filter(cohort=cohort, end_date=None).aggregate(
        enrolled=Count("pk"),
        claimed=Count("pk", filter=~Q(user=None)),
        without_address=Count("pk", filter=Q(user=None, student__email="")),
    )
    everybody = letters.to_write_to(cohort, is_again=True, now=now).count()
    to_write = letters.to_write_to(cohort, is_again=False, now=now).count()
    return Places(
        **counts,
        to_write=to_write,
        recent=everybody - to_write,
        code=codes.standing_code(cohort, now),
        job=_last_job(cohort),
    )


def _last_job(cohort: Cohort) -> Job | None:
    """Return the letters being written, if any are."""
    under_way = (Job.State.QUEUED, Job.State.RUNNING)
    rows = Job.objects.filter(kind=letters.JOB, payload__cohort=cohort.pk, state__in=under_way)
    return rows.order_by("-pk").first()
