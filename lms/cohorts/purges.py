"""What institutions know of people ends, some time after their last place: wholly, if they never came."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from kernel.retention import purges

from .models import Enrolment, Student
from .removing import remove_students
from .years import academic_year

AT_ONCE = 500  # students of one run: the next takes the others
WITHOUT: dict[str, Any] = {
    "student_number": "",
    "number_origin": "",
    "first_name": "",
    "other_names": "",
    "last_name": "",
    "usage_name": "",
    "email": "",
    "birth_date": None,
}


@purges("unclaimed_students")
def purge_unclaimed(before: datetime) -> int:
    """Remove those who never claimed a place, once their last one ended before a date; their figures stay."""
    found = _gone(before).filter(user=None).order_by("pk").values_list("pk", flat=True)
    return remove_students(list(found[:AT_ONCE]))


@purges("ended_places")
def purge_ended(before: datetime) -> int:
    """Forget what institutions said of those who have an account, once their last place ended before a date."""
    said = ~Q(**{name: "" for name, empty in WITHOUT.items() if empty == ""}) | Q(birth_date__isnull=False)
    known = _gone(before).filter(said, user__isnull=False)
    found = list(known.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    Enrolment.objects.filter(student_id__in=found).update(student_number="")
    return Student.objects.filter(pk__in=found).update(**WITHOUT)


def _gone(before: datetime) -> Any:
    """Return the students, there before a date, whose last place ended before it: at the latest with its year."""
    day = timezone.localdate(before)
    stands = Q(end_date=None) | Q(end_date__gt=day)
    standing = Enrolment.objects.filter(stands, cohort__academic_year__gte=academic_year(day)).order_by()
    return Student.objects.filter(created_at__lt=before).exclude(pk__in=standing.values("student_id"))
