"""Institutions, and which is attached to which. A student of an attached institute counts once, for its university."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.models import Identified

from ..types import Access


class InstitutionQuerySet(models.QuerySet["Institution"]):
    def visible_to(self, access: Access) -> "InstitutionQuerySet":
        """Return those whose people, or some of them, `access` sees."""
        return self.filter(pk__in=access.houses)

    def managed_by(self, access: Access) -> "InstitutionQuerySet":
        """Return those whose facts, team and cohorts `access` may change: all of them for platform staff."""
        return self.all() if access.is_platform_staff else self.filter(pk__in=access.managed)

    def counted(self) -> "InstitutionQuerySet":
        """Return the universities of the national target that stand."""
        return self.filter(is_counted=True, merged_into=None)

    def standing(self) -> "InstitutionQuerySet":
        """Return those that no other has taken over."""
        return self.filter(merged_into=None)


class Institution(Identified, models.Model):
    """A university, a health institute, a hospital: whoever enrols people and answers for them."""

    class Kind(models.TextChoices):
        UNIVERSITY = "university", _("université")
        INSTITUTE = "institute", _("institut de formation")
        HOSPITAL = "hospital", _("hôpital")
        OTHER = "other", _("autre établissement")

    key = models.SlugField(unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=200)
    uai = models.CharField(max_length=8, blank=True)
    city = models.CharField(max_length=100, blank=True)
    academy = models.CharField(max_length=60, blank=True)
    region = models.CharField(max_length=60, blank=True)
    website = models.URLField(blank=True)
    time_zone = models.CharField(max_length=40, default="Europe/Paris")
    health_students = models.PositiveIntegerField(null=True, blank=True)
    is_counted = models.BooleanField(default=False, help_text="one of the universities of the national target")
    # What the data file says of its own line, and what it said when it was last read: an edit made here stands until
    # that very fact changes there.
    confidence = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    loaded = models.JSONField(default=dict, editable=False)
    asks_birth_date = models.BooleanField(default=False)
    privacy_contact = models.EmailField(blank=True)
    language = models.CharField(
        max_length=5, choices=settings.LANGUAGES, default="fr", help_text="of letters to whose own is not known"
    )
    is_demo = models.BooleanField(default=False)
    # What its people see; without one, that of the institution it is attached to, else ours.
    look = models.ForeignKey("themes.Look", models.SET_NULL, null=True, blank=True, related_name="+")
    # After a merger the row stays, empty: an old address, an old figure still finds what became of it.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="taken_over")
    merged_at = models.DateTimeField(null=True, blank=True)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def standing(self, on: date) -> "AttachmentQuerySet":
        """Return those in force on that day: the day they end is no longer one."""
        return self.filter(Q(start_date__lte=on) & (Q(end_date=None) | Q(end_date__gt=on)))


class Attachment(models.Model):
    """An institute belongs to a university from a date, perhaps until another."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="attachments")
    parent = models.ForeignKey(Institution, models.PROTECT, related_name="attached")
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

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
