"""The adjustment itself. There is no room here for a reason, on purpose: only the health service has to know it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.models import Identified

LONGEST_PAUSE = 120  # minutes


class Accommodation(Identified, models.Model):
    """More time, pauses, for a student of an institution; it applies to what the institution asks from then on."""

    class Time(models.IntegerChoices):
        """Percentages of the usual time."""

        USUAL = 100, _("temps habituel")
        THIRD = 133, _("temps × 1,33")
        HALF = 150, _("temps × 1,5")

    student = models.OneToOneField("cohorts.Student", models.CASCADE, related_name="accommodation")
    time_percent = models.PositiveSmallIntegerField(choices=Time.choices, default=Time.USUAL)
    pause_minutes = models.PositiveSmallIntegerField(
        default=0, help_text="added to the time allowed, taken when one likes"
    )
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField()

    class Meta:
        ordering = ["student"]
        constraints = [
            models.CheckConstraint(condition=Q(time_percent__in=(100, 133, 150)), name="time_is_one_of_three"),
            models.CheckConstraint(condition=Q(pause_minutes__lte=LONGEST_PAUSE), name="pauses_have_a_limit"),
        ]

    def __str__(self) -> str:
        return f"{self.student_id}: {self.time_percent} % + {self.pause_minutes} min"
