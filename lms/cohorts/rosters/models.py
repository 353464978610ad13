"""A roster on its way: the file, kept a day at most, what it would do, what was decided; and the known layouts."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.models import Identified

from ..types import Access


class RosterLayoutQuerySet(models.QuerySet["RosterLayout"]):
    def visible_to(self, access: Access) -> "RosterLayoutQuerySet":
        """Return those of the institutions that `access` coordinates."""
        return self.filter(institution_id__in=access.coordinated)


class RosterLayout(models.Model):
    """Which column says what, in files whose columns bear these names: chosen once by an institution."""

    institution = models.ForeignKey("cohorts.Institution", models.CASCADE, related_name="roster_layouts")
    fingerprint = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict, help_text="field → place of the column, from 0")
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    chosen_at = models.DateTimeField()

    objects = RosterLayoutQuerySet.as_manager()

    class Meta:
        ordering = ["institution", "-chosen_at"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "fingerprint"], name="one_layout_per_header"),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id}: {self.fingerprint[:8]}"


class RosterImportQuerySet(models.QuerySet["RosterImport"]):
    def visible_to(self, access: Access) -> "RosterImportQuerySet":
        """Return those of the institutions that `access` coordinates."""
        return self.filter(cohort__institution_id__in=access.coordinated)


class RosterImport(Identified, models.Model):
    """A file sent for a cohort. What it says of people is wiped when it is over; counts, who and when stay."""

    class State(models.TextChoices):
        READING = "reading", _("lecture en cours")
        MAPPING = "mapping", _("colonnes à désigner")
        READY = "ready", _("à confirmer")
        APPLYING = "applying", _("en cours")
        APPLIED = "applied", _("appliqué")
        ABANDONED = "abandoned", _("abandonné")
        EXPIRED = "expired", _("expiré")
        REFUSED = "refused", _("illisible")

    class Mode(models.TextChoices):
        ADD = "add", _("ajouter")
        REPLACE = "replace", _("remplacer")

    cohort = models.ForeignKey("cohorts.Cohort", models.CASCADE, related_name="roster_imports")
    opens_cohort = models.BooleanField(
        default=False, help_text="its cohort was made for it, and goes if it is given up"
    )
    mode = models.CharField(max_length=8, choices=Mode.choices)
    state = models.CharField(max_length=10, choices=State.choices)
    file_name = models.CharField(max_length=120)
    file_kind = models.CharField(max_length=4, blank=True)
    file_size = models.PositiveIntegerField(default=0, help_text="bytes")
    header = models.JSONField(default=dict, help_text="line, labels")
    mapping = models.JSONField(default=dict, help_text="field → place of the column, from 0")
    counts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    # What is said of people, for the screens: lines shown, errors, remarks, doubts, until it is over; the lines left
    # out, a day at most.
    said = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    decisions = models.JSONField(default=dict, help_text="line → new, skip, or the uuid of a student")
    is_recomputed = models.BooleanField(default=False, help_text="the cohort changed before it was applied")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    job = models.UUIDField(null=True)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["cohort", "-created_at"], name="roster_import_of_cohort")]

    def __str__(self) -> str:
        return f"{self.file_name} → {self.cohort_id}: {self.state}"

    @property
    def is_open(self) -> bool:
        """Say whether something can still be decided."""
        return self.state in (self.State.MAPPING, self.State.READY)

    @property
    def may_be_given_up(self) -> bool:
        """Say whether nothing is written yet, and it still waits for somebody, or for its job."""
        is_refused = self.state == self.State.REFUSED and self.opens_cohort
        return self.is_open or self.state == self.State.READING or is_refused

    @property
    def is_replacing(self) -> bool:
        """Say whether those absent from the file leave the cohort."""
        return self.mode == self.Mode.REPLACE


class RosterPiece(models.Model):
    """A piece of the file: in the database, so that any worker finds it and its end is part of the import's own."""

    roster = models.ForeignKey(RosterImport, models.CASCADE, related_name="pieces")
    place = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["roster", "place"]
        constraints = [models.UniqueConstraint(fields=["roster", "place"], name="one_piece_per_place")]

    def __str__(self) -> str:
        return f"{self.roster_id}: {self.place}"
