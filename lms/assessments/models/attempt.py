"""What a person does: an attempt, its answers in order, the results. Answers are appended, never changed."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from kernel.models import Identified

from ..errors import AttemptAlreadyFinished
from .offer import Purpose


class Wording(models.TextChoices):
    """How items are said. Plain language is French only; its answers have a calibration of their own."""

    STANDARD = "standard"
    PLAIN = "plain"


def new_token() -> str:
    """Return an attempt's public address: 128 random bits, safe in a URL."""
    return secrets.token_urlsafe(16)


class Attempt(Identified, models.Model):
    """One sitting. Its uuid is the xAPI registration; its token is its address; everything it uses is frozen in it."""

    class State(models.TextChoices):
        OPEN = "open"
        FINISHED = "finished"
        EXPIRED = "expired"

    token = models.CharField(max_length=22, unique=True, default=new_token)
    assessment = models.ForeignKey("assessments.Assessment", models.PROTECT, related_name="attempts")
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="attempts")
    institution = models.ForeignKey("cohorts.Institution", models.PROTECT, null=True, related_name="attempts")
    assignment = models.ForeignKey("assessments.Assignment", models.SET_NULL, null=True, related_name="attempts")
    framework = models.ForeignKey("competencies.Framework", models.PROTECT, related_name="+")
    bank_release = models.ForeignKey("question_bank.BankRelease", models.PROTECT, related_name="+")
    locale = models.CharField(max_length=5, default="fr")
    wording = models.CharField(max_length=8, choices=Wording.choices, default=Wording.STANDARD)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    deadline_at = models.DateTimeField(null=True, help_text="compared with the database's clock at reception")
    time_percent = models.PositiveSmallIntegerField(default=100, help_text="of the usual time, as it was applied")
    pause_minutes = models.PositiveSmallIntegerField(default=0, help_text="added to the time allowed for pauses")
    erase_after = models.DateTimeField(null=True, help_text="anonymous attempts are removed whole after this")
    mask_secret = models.CharField(
        max_length=22, default=new_token, help_text="makes option ids opaque and their order its own"
    )
    selection_log = models.JSONField(default=list, help_text="places in the release of the items served, in order")
    pretest_log = models.JSONField(default=list, help_text="positions (from 1) whose item is not counted")
    seen_lately = models.JSONField(default=list, help_text="places in the release of items the person met not long ago")
    focus = models.JSONField(null=True, help_text="codes of the competencies it is about; null: all of them")
    avoid = models.JSONField(null=True, help_text="places in the release of items that must not be served")
    prior = models.BinaryField(null=True, help_text="what was believed before it; null: nothing was known")
    context = models.CharField(
        max_length=120, blank=True, default="", help_text="what it is part of, in the words of whoever asked for it"
    )
    position = models.PositiveSmallIntegerField(default=1, help_text="of the item on screen, from 1")
    served_at = models.DateTimeField(help_text="when the item on screen was served")
    ability = models.BinaryField(help_text="mean and covariance over the competencies; replayable from the responses")
    remaining = models.PositiveSmallIntegerField(default=0, help_text="about how many items are still to come")
    stop_reason = models.CharField(max_length=32, blank=True)

    received_at: datetime | None = None  # when the database received the question that read this row, if it said so

    class Meta:
        ordering = ["started_at", "pk"]
        indexes = [
            models.Index(fields=["owner", "-finished_at"], name="attempt_owner"),
            models.Index(fields=["erase_after"], condition=Q(erase_after__isnull=False), name="attempt_erase_after"),
            models.Index(
                fields=["deadline_at"], condition=Q(state="open", deadline_at__isnull=False), name="attempt_deadline"
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def item_wording(self) -> str:
        """Return which wording of an item is shown: `plain`, or the locale."""
        return self.wording if self.wording == Wording.PLAIN and self.locale == "fr" else self.locale

    @property
    def is_check(self) -> bool:
        """Say whether it is about a few competencies only, those of a module that was just followed."""
        return self.focus is not None

    @property
    def is_open(self) -> bool:
        """Say whether an answer can still come."""
        return self.state == self.State.OPEN

    @property
    def is_anonymous(self) -> bool:
        """Say whether the address alone opens it."""
        return self.owner_id is None

    def is_past_deadline(self, now: datetime) -> bool:
        """Say whether the time allowed was over at `now`."""
        return self.deadline_at is not None and now > self.deadline_at

    def ensure_open(self) -> None:
        """Raise AttemptAlreadyFinished unless an answer can still come."""
        if not self.is_open:
            raise AttemptAlreadyFinished


class Response(models.Model):
    """One answer, as it was acknowledged."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="responses")
    institution_id = models.BigIntegerField(null=True, help_text="the attempt's, copied for partitions and scoping")
    item_version = models.ForeignKey("question_bank.ItemVersion", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=64, help_text="the client's idempotency key")
    payload_digest = models.CharField(max_length=64)
    answer = models.JSONField()
    is_correct = models.BooleanField()
    score = models.FloatField()
    is_unknown = models.BooleanField(default=False)
    is_pretest = models.BooleanField(default=False)
    remaining = models.PositiveSmallIntegerField(help_text="what the progress said after this answer, for its replay")
    served_at = models.DateTimeField()
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="one_response_per_position"),
            models.UniqueConstraint(fields=["attempt", "key"], name="one_response_per_key"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}#{self.position}"


class ItemAction(models.Model):
    """One step inside a simulation, before its answer."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="actions")
    position = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField()
    action = models.JSONField()
    acted_at = models.DateTimeField()

    class Meta:
        ordering = ["attempt", "position", "step"]
        constraints = [models.UniqueConstraint(fields=["attempt", "position", "step"], name="one_action_per_step")]

    def __str__(self) -> str:
        return f"{self.attempt_id}#{self.position}.{self.step}"


class CompetencyResult(models.Model):
    """What an attempt says of the whole, of one domain or of one competency, with its uncertainty."""

    class Scope(models.TextChoices):
        OVERALL = "overall"
        DOMAIN = "domain"
        COMPETENCY = "competency"

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="results")
    scope = models.CharField(max_length=10, choices=Scope.choices)
    code = models.CharField(max_length=20, blank=True)
    theta = models.FloatField()
    standard_error = models.FloatField()
    score = models.PositiveSmallIntegerField()
    low = models.PositiveSmallIntegerField()
    high = models.PositiveSmallIntegerField()
    level = models.SlugField()

    class Meta:
        ordering = ["attempt", "pk"]
        constraints = [models.UniqueConstraint(fields=["attempt", "scope", "code"], name="one_result_per_scope")]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.scope} {self.code}"
