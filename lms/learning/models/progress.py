"""Where people are in modules. Progress points at the module's row, never at a page: it outlives pages and steps."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models

from kernel.models import Identified

from .entry import Module


class ModuleProgress(Identified):
    """One person in one module. Its uuid is the xAPI registration; `seconds` were measured while the page was seen."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="module_progress")
    module = models.ForeignKey(Module, models.PROTECT, related_name="progress")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="when something was last done in it")
    step = models.SlugField(max_length=100, blank=True, help_text="key of the step to resume at")
    completed_at = models.DateTimeField(null=True)
    seconds = models.PositiveIntegerField(default=0, help_text="0: no time was measured")
    counted_at = models.DateTimeField(null=True, help_text="until when time was counted: no moment counts twice")
    best_check = models.PositiveSmallIntegerField(null=True, help_text="% of the points of the best final check")
    checked_at = models.DateTimeField(null=True, help_text="when that check was finished")

    class Meta:
        ordering: ClassVar = ["-seen_at", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "module"], name="one_progress_per_module")]
        indexes: ClassVar = [models.Index(fields=["owner", "-seen_at"], name="progress_owner")]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.module_id}"

    @property
    def is_completed(self) -> bool:
        """Whether the module is done; a step added since does not undo it."""
        return self.completed_at is not None

    def touch(self, step: str, now: datetime) -> None:
        """Note that the person is at `step`."""
        self.step, self.seen_at = step, now


class StepProgress(models.Model):
    """One step, by its key, of somebody's progress. It stays when the step is removed from the module."""

    progress = models.ForeignKey(ModuleProgress, models.CASCADE, related_name="steps")
    key = models.SlugField(max_length=100)
    seen_at = models.DateTimeField(null=True, help_text="when the person went on from it; null: only opened")
    seconds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["progress", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["progress", "key"], name="one_progress_per_step")]

    def __str__(self) -> str:
        return f"{self.progress_id} {self.key}"
