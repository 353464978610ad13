"""What an institution says of its students' training, when it was not followed here."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Declaration(models.Model):
    """An institution declares a student validated, on which day, by what means. Withdrawn: the row goes."""

    enrolment = models.OneToOneField("cohorts.Enrolment", models.CASCADE, related_name="declaration")
    validated_date = models.DateField()
    means = models.CharField(max_length=200, help_text="the examination, the course that was validated")
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    declared_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["enrolment"]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.validated_date}"
