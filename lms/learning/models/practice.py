"""What a signed-in reader practised. Nobody else leaves a row."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from kernel.models import Identified


class PracticeResponse(Identified):
    """One answer outside any attempt, in a step (`module`, `step`) or in a review (both empty).

    `key` is the seed of the page it was given on: a double click finds it taken.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="practice_responses")
    module = models.CharField(max_length=100, blank=True)
    step = models.CharField(max_length=100, blank=True)
    item_key = models.CharField(max_length=100)
    item_version = models.ForeignKey("question_bank.ItemVersion", models.PROTECT, related_name="+")
    key = models.CharField(max_length=22)
    answer = models.JSONField()
    is_correct = models.BooleanField()
    score = models.FloatField()
    is_unknown = models.BooleanField(default=False)
    answered_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["owner", "answered_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "key"], name="one_practice_per_page"),
        ]
        indexes: ClassVar = [models.Index(fields=["owner", "-answered_at"], name="practice_owner")]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.item_key}"
