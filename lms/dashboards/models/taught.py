"""Hours given in class to a whole cohort: what no platform measures, and the programme counts."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from kernel.models import Identified

MOST_MINUTES = 12 * 60  # of one entry: a day of class


class TaughtHours(Identified, models.Model):
    """Some minutes of class, one day, for a cohort. The note says what was done, never who was there."""

    cohort = models.ForeignKey("cohorts.Cohort", models.CASCADE, related_name="taught_hours")
    taught_date = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-taught_date", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(minutes__gt=0, minutes__lte=MOST_MINUTES), name="a_day_of_class_at_most")
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.taught_date}: {self.minutes} min"


class TaughtCompetency(models.Model):
    """What these hours were about: one competency of the framework, by its code."""

    taught = models.ForeignKey(TaughtHours, models.CASCADE, related_name="competencies")
    code = models.CharField(max_length=20)

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["taught", "code"], name="one_competency_taught")]

    def __str__(self) -> str:
        return self.code
