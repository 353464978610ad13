"""What is studied, and who studies it together."""

from django.db import models
from django.db.models import Q

from kernel.models import Identified

from ..types import Access
from .institution import Institution

HOURS = 28


class Programme(models.Model):
    """One of the filières: what a cohort studies."""

    key = models.SlugField(unique=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField(max_length=200)
    diploma = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=40, blank=True)
    eqf_level = models.PositiveSmallIntegerField(null=True, blank=True)
    hours = models.PositiveSmallIntegerField(default=HOURS, help_text="of digital health in the whole programme")
    confidence = models.CharField(max_length=20, blank=True)
    loaded = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class CohortQuerySet(models.QuerySet["Cohort"]):
    def visible_to(self, access: Access) -> "CohortQuerySet":
        """Return those whose students `access` sees."""
        return self.filter(Q(institution_id__in=access.institutions) | Q(pk__in=access.taught_cohorts))


class Cohort(Identified, models.Model):
    """People who follow one programme in one institution, one academic year."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="cohorts")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="cohorts")
    academic_year = models.CharField(max_length=9, help_text="2026-2027")
    name = models.CharField(max_length=120)
    year_of_study = models.PositiveSmallIntegerField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["academic_year", "name"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "academic_year", "name"], name="one_cohort_per_name")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.academic_year}"
