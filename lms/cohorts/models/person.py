"""Students, as an institution knows them before any account, and their places in cohorts."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from kernel.models import Identified

from ..types import Access
from .cohort import Cohort
from .institution import Institution


class StudentQuerySet(models.QuerySet["Student"]):
    def visible_to(self, access: Access) -> "StudentQuerySet":
        """Return those whose name `access` may read; a cohort taught alone shows those who have a place in it."""
        whole = Q(institution_id__in=access.institutions)
        if not access.taught_cohorts:
            return self.filter(whole)
        taught = Enrolment.objects.filter(cohort_id__in=access.taught_cohorts).order_by()
        return self.filter(whole | Q(pk__in=taught.values("student_id")))


class Student(Identified, models.Model):
    """What an institution knows of a person it enrols (OneRoster: user). The account comes later, or never.

    A number is unique where it was given: `number_origin` is the key of the institution, merged since, that gave it,
    when somebody else had the same number in the institution that took over.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="students")
    student_number = models.CharField(max_length=40, blank=True)
    number_origin = models.CharField(max_length=50, blank=True)
    first_name = models.CharField(max_length=100, blank=True)
    other_names = models.CharField(max_length=150, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    usage_name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    # Kept only where the institution asks for it (Institution.asks_birth_date).
    birth_date = models.DateField(null=True, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="students")
    claimed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = StudentQuerySet.as_manager()

    class Meta:
        ordering = ["last_name", "first_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "number_origin", "student_number"],
                condition=~Q(student_number=""),
                name="one_student_per_number",
            )
        ]
        indexes = [
            models.Index(fields=["institution", "last_name", "first_name"], name="student_by_name"),
            models.Index(fields=["email"], name="student_by_email"),
        ]

    def __str__(self) -> str:
        return f"{self.student_number} @ {self.institution_id}"

    @property
    def name(self) -> str:
        """Return the name they go by: first name, then usage name or else family name."""
        return " ".join(part for part in (self.first_name, self.usage_name or self.last_name) if part)


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def visible_to(self, access: Access) -> "EnrolmentQuerySet":
        """Return those of the cohorts that `access` sees."""
        whole = Q(cohort__institution_id__in=access.institutions)
        return self.filter(whole | Q(cohort_id__in=access.taught_cohorts))

    def standing(self, on: date) -> "EnrolmentQuerySet":
        """Return those in force on that day: the day they end is no longer one."""
        return self.filter(Q(start_date__lte=on) & (Q(end_date=None) | Q(end_date__gt=on)))


class Enrolment(models.Model):
    """A student's place in a cohort. It ends; it is never deleted by a roster.

    `user` and `student_number` are copies of the student's: a page of figures joins nothing to find them.
    """

    class EndReason(models.TextChoices):
        ROSTER = "roster"
        CORRECTED = "corrected"
        LEFT = "left"
        COHORT_CLOSED = "cohort_closed"

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="enrolments")
    student = models.ForeignKey(Student, models.CASCADE, related_name="enrolments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="enrolments")
    student_number = models.CharField(max_length=40, blank=True)
    group = models.CharField(max_length=80, blank=True, help_text="as the institution writes it: TD 3")
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=16, choices=EndReason.choices, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["cohort", "student_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "user"], condition=Q(end_date=None), name="one_standing_enrolment"
            ),
            models.UniqueConstraint(
                fields=["cohort", "student"], condition=Q(end_date=None), name="one_standing_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student_number or self.user_id} @ {self.cohort_id}"
