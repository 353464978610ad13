"""What an institution asks of its people: an assessment, a journey or both; until when; and where each of them is."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kernel.models import Identified
from lms.cohorts.api import Access, Cohort

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is read for another one
CODE_LENGTH = 8


def new_code() -> str:
    """Return the code under which something is asked: eight letters and digits that can be dictated."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def read_code(text: str) -> str:
    """Return a code as it is kept, whatever its case, its spaces and its hyphens; "" when it cannot be one."""
    code = "".join(text.split()).replace("-", "").upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_LETTERS) else ""


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, access: Access) -> "AssignmentQuerySet":
        """Return those of the institutions that `access` sees whole, and those asked of a cohort it sees."""
        through = Assignment.cohorts.through.objects.order_by()
        asked = through.filter(cohort__in=Cohort.objects.visible_to(access).order_by())
        return self.filter(Q(institution_id__in=access.institutions) | Q(pk__in=asked.values("assignment_id")))


class Assignment(Identified, models.Model):
    """An institution asks its people to take an assessment, to follow a journey, or both: whom, when, why."""

    assessment = models.ForeignKey(
        "assessments.Assessment", models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    journey_key = models.SlugField(max_length=100, blank=True)
    institution = models.ForeignKey("cohorts.Institution", models.CASCADE, related_name="assignments")
    cohorts: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "cohorts.Cohort", blank=True, related_name="assignments"
    )
    code = models.CharField(max_length=12, unique=True, default=new_code)
    is_open = models.BooleanField(default=False, help_text="whoever has the code may join, in no cohort of its own")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True, blank=True, help_text="the last moment at which one may begin")
    message = models.TextField(blank=True)
    target_levels = models.JSONField(default=dict, blank=True, help_text="{code of a domain: code of a level}")
    attempts_allowed = models.PositiveSmallIntegerField(default=0, help_text="0: as many as one likes")
    asks_detail = models.BooleanField(default=True, help_text="whether the detail by competency is asked for")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="when somebody ended it, whatever its dates")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["opens_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(assessment__isnull=False) | ~Q(journey_key=""), name="assignment_asks_something"
            ),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gt=F("opens_at")), name="assignment_closes_after_opening"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.assessment_id or self.journey_key}"

    @property
    def written_code(self) -> str:
        """Return the code as people read it: K7M2-QX4P."""
        return f"{self.code[:4]}-{self.code[4:]}"


class AssignmentExtension(models.Model):
    """More time for somebody, known by the institution or by their account, or for a group of one of its cohorts."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="extensions")
    student = models.ForeignKey("cohorts.Student", models.CASCADE, null=True, blank=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    cohort = models.ForeignKey("cohorts.Cohort", models.CASCADE, null=True, blank=True, related_name="+")
    group = models.CharField(max_length=80, blank=True, help_text="as enrolments of that cohort name it")
    closes_at = models.DateTimeField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField()

    class Meta:
        ordering = ["assignment", "granted_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(student__isnull=False, user=None, group="")
                | Q(student=None, user__isnull=False, group="")
                | (Q(student=None, user=None) & ~Q(group="")),
                name="extension_is_for_one_or_a_group",
            ),
            models.UniqueConstraint(
                fields=["assignment", "student"], condition=Q(student__isnull=False), name="one_extension_per_student"
            ),
            models.UniqueConstraint(
                fields=["assignment", "user"], condition=Q(user__isnull=False), name="one_extension_per_user"
            ),
            models.UniqueConstraint(
                fields=["assignment", "cohort", "group"], condition=~Q(group=""), name="one_extension_per_group"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} → {self.closes_at:%Y-%m-%d}"


class Participation(models.Model):
    """Where a person is in what is asked of them. The row is also what two starts at the same moment wait for."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="participations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="participations")
    joined_at = models.DateTimeField(null=True, help_text="when they joined by the code; null: by a cohort")
    read_at = models.DateTimeField(null=True, help_text="when they went on from the page that says who sees what")
    begun_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0, help_text="begun; erasing one does not give it back")
    test_finished_at = models.DateTimeField(null=True)
    journey_finished_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True, help_text="when nothing was left of what is asked")
    silent_at = models.DateTimeField(null=True, help_text="when they stopped its reminders")

    class Meta:
        ordering = ["assignment", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "user"], name="one_participation_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.user_id}"

    def note(self, **moments: datetime) -> list[str]:
        """Keep the moments that were not known yet, and whether all is done; return the names of what changed."""
        changed = [name for name in moments if getattr(self, name) is None]
        for name in changed:
            setattr(self, name, moments[name])
        if self.finished_at is None and (done := self._done_at()):
            self.finished_at = done
            changed.append("finished_at")
        return changed

    def _done_at(self) -> datetime | None:
        asked = self.assignment
        wanted: Mapping[str, bool] = {
            "test_finished_at": asked.assessment_id is not None,
            "journey_finished_at": bool(asked.journey_key),
        }
        moments = [getattr(self, name) for name, is_wanted in wanted.items() if is_wanted]
        return max(moments) if all(moments) else None
