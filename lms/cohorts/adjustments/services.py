"""Granting an adjustment, changing it, ending it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kernel import audit
from kernel.errors import Invalid
from lms.cohorts.models import Student

from .models import LONGEST_PAUSE, Accommodation


def ensure_possible(*, time_percent: int, pause_minutes: int) -> None:
    """Raise Invalid, on its field, for what nobody can be granted."""
    if time_percent not in Accommodation.Time.values:
        raise Invalid(_("Le temps est celui de tous, × 1,33 ou × 1,5."), field="time_percent")
    if not 0 <= pause_minutes <= LONGEST_PAUSE:
        sentence = _("Les pauses vont de 0 à %(most)d minutes en tout.") % {"most": LONGEST_PAUSE}
        raise Invalid(sentence, field="pause_minutes")


@transaction.atomic
def grant_accommodation(
    *, student: Student, time_percent: int, pause_minutes: int, actor_id: int | None, now: datetime
) -> Accommodation | None:
    """Keep what `student` is granted, in place of what was; the usual time without pauses ends it. Raises Invalid."""
    ensure_possible(time_percent=time_percent, pause_minutes=pause_minutes)
    details = {"time_percent": time_percent, "pause_minutes": pause_minutes}
    audit.record(actor_id=actor_id, action="accommodation.granted", target=student, details=details, at=now)
    if time_percent == Accommodation.Time.USUAL and not pause_minutes:
        Accommodation.objects.filter(student=student).delete()
        return None
    values = {**details, "granted_by_id": actor_id, "granted_at": now}
    return Accommodation.objects.update_or_create(student=student, defaults=values)[0]
