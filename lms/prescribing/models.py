"""The letters that remind people of what is asked of them: one row for each time, one for each person written to."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.models import Identified


class Reminder(Identified):
    """A time people are reminded: by somebody of the institution, or a week and a day before the end.

    The row is written before the letters; the job that writes them may die and run again.
    """

    class Kind(models.TextChoices):
        WEEK = "week", _("sept jours avant la fin")
        DAY = "day", _("la veille de la fin")
        MANUAL = "manual", _("à la demande")

    class To(models.TextChoices):
        NOT_BEGUN = "not_begun", _("celles et ceux qui n’ont pas commencé")
        NOT_FINISHED = "not_finished", _("toutes celles et ceux qui n’ont pas terminé")

    assignment = models.ForeignKey("assessments.Assignment", models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    to = models.CharField(max_length=12, choices=To.choices, default=To.NOT_FINISHED)
    closes_at = models.DateTimeField(null=True, help_text="the end it announces; extensions have their own")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True, help_text="when all its letters were written")
    letters = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assignment", "kind", "closes_at"], condition=~Q(kind="manual"), name="one_reminder_per_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.kind}"


class ReminderLetter(models.Model):
    """A letter to one person. A week and a day before the end: once each, whatever becomes of the end."""

    reminder = models.ForeignKey(Reminder, models.CASCADE, related_name="+")
    assignment = models.ForeignKey("assessments.Assignment", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=Reminder.Kind.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["written_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reminder", "user"], name="one_letter_per_reminder"),
            models.UniqueConstraint(
                fields=["assignment", "user", "kind"], condition=~Q(kind="manual"), name="one_letter_per_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reminder_id} → {self.user_id}"
