"""Institutions and the people in them. A student of an attached institute counts once, for its university."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kernel.models import Identified


class Institution(Identified, models.Model):
    """A university, a health institute, a hospital: whoever enrols people and answers for them."""

    class Kind(models.TextChoices):
        UNIVERSITY = "university"
        INSTITUTE = "institute"
        HOSPITAL = "hospital"
        OTHER = "other"

    key = models.SlugField(unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=200)
    uai = models.CharField(max_length=8, blank=True)
    city = models.CharField(max_length=100, blank=True)
    academy = models.CharField(max_length=60, blank=True)
    region = models.CharField(max_length=60, blank=True)
    website = models.URLField(blank=True)
    time_zone = models.CharField(max_length=40, default="Europe/Paris")
    is_demo = models.BooleanField(default=False)
    # What its people see; without one, that of the institution it is attached to, else ours.
    look = models.ForeignKey("themes.Look", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """An institute belongs to a university from a date, perhaps until another."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="attachments")
    parent = models.ForeignKey(Institution, models.PROTECT, related_name="attached")
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["start_date"]
        constraints = [
            models.CheckConstraint(condition=~Q(institution=F("parent")), name="attached_to_another"),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gt=F("start_date")), name="attachment_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} → {self.parent_id}"


class Programme(models.Model):
    """One of the filières: what a cohort studies."""

    key = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    diploma = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=40, blank=True)
    eqf_level = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Cohort(Identified, models.Model):
    """People who follow one programme in one institution, one academic year."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="cohorts")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="cohorts")
    academic_year = models.CharField(max_length=9, help_text="2026-2027")
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["academic_year", "name"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "academic_year", "name"], name="one_cohort_per_name")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.academic_year}"


class Enrolment(models.Model):
    """A person's place in a cohort. It ends; it is never deleted by a roster."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="enrolments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="enrolments")
    student_number = models.CharField(max_length=40, blank=True)
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["cohort", "student_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "user"], condition=Q(end_date=None), name="one_standing_enrolment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.student_number or self.user_id} @ {self.cohort_id}"


class RoleGrant(models.Model):
    """A role a person holds, in an institution or for the whole platform, perhaps until a moment."""

    class Role(models.TextChoices):
        LEARNER = "learner"
        INSTRUCTOR = "instructor"
        COORDINATOR = "coordinator"
        INVIGILATOR = "invigilator"
        AUTHOR = "author"
        REVIEWER = "reviewer"
        AMBASSADOR = "ambassador"
        PILOT = "pilot"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=12, choices=Role.choices)
    institution = models.ForeignKey(Institution, models.CASCADE, null=True, blank=True, related_name="role_grants")
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["user", "role"]
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "institution"], name="one_grant_per_role"),
            models.UniqueConstraint(
                fields=["user", "role"], condition=Q(institution=None), name="one_platform_grant_per_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"


class SharingGrant(models.Model):
    """A learner lets an institution see more than started and finished; it can be withdrawn."""

    class Scope(models.TextChoices):
        COMPETENCY_DETAIL = "competency_detail"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sharing_grants")
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="sharing_grants")
    scope = models.CharField(max_length=20, choices=Scope.choices)
    granted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["granted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "institution", "scope"], condition=Q(withdrawn_at=None), name="one_standing_sharing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.institution_id}: {self.scope}"
