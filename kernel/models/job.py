"""Long work, as a row: the row is the truth, the broker only carries the news."""

from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Dated, Identified


class JobState(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", _("en attente")
    RUNNING = "running", _("en cours")
    DONE = "done", _("terminé")
    FAILED = "failed", _("échoué")


class Job(Identified, Dated):
    """A piece of background work: who asked, how far it is, what went wrong."""

    State = JobState

    kind = models.CharField(max_length=80)
    payload = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(100)])
    error = models.TextField(blank=True)
    attempts = models.PositiveIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    # A plain id: accounts stand above.
    owner = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "heartbeat_at"], name="job_sweep"),
            models.Index(fields=["owner", "created_at"], name="job_of_owner"),
        ]
        constraints = [models.CheckConstraint(condition=models.Q(progress__lte=100), name="job_progress_percent")]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid} {self.state}"
