"""What comes back: the cards of a person's weak points, how each was answered, the reminder they asked for."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models


class ReviewCard(models.Model):
    """Something to see again, when FSRS says so (docs/path-and-review.md). `ref` names it among a person's cards.

    An item is named by its key. A flash card keeps the words that were read: a step may change, or go.
    """

    class Kind(models.TextChoices):
        ITEM = "item"
        FLASH = "flash"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="review_cards")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    ref = models.CharField(max_length=120)
    module = models.CharField(max_length=100, blank=True, help_text="key of the module it came from, if it did")
    front = models.TextField(blank=True)
    back = models.TextField(blank=True)
    language = models.CharField(max_length=5, default="fr")
    origin = models.UUIDField(null=True, help_text="the attempt in which it was missed, if it was")
    state = models.PositiveSmallIntegerField(default=1, help_text="of FSRS: 1 learning, 2 review, 3 relearning")
    stability = models.FloatField(null=True)
    difficulty = models.FloatField(null=True)
    due_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    answers_count = models.PositiveIntegerField(default=0, help_text="also what a form sends back: each answer once")
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["owner", "due_at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "kind", "ref"], name="one_card_per_thing")]
        indexes: ClassVar = [models.Index(fields=["owner", "due_at"], name="cards_due")]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.ref}"


class ReviewAnswer(models.Model):
    """One answer to a card: its rating (1 again, 3 good, 4 easy), and the card as it was `before`."""

    card = models.ForeignKey(ReviewCard, models.CASCADE, related_name="answers")
    number = models.PositiveIntegerField(help_text="of this answer to this card, from 1")
    rating = models.PositiveSmallIntegerField()
    before = models.JSONField()
    answered_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["card", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["card", "number"], name="one_answer_per_turn")]

    def __str__(self) -> str:
        return f"{self.card_id}#{self.number}"


class ReviewReminder(models.Model):
    """An e-mail that a person asked for, at an hour of their day. It stops by itself when it is not answered."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="review_reminder")
    is_on = models.BooleanField(default=False)
    hour = models.PositiveSmallIntegerField(default=18, validators=[MaxValueValidator(23)])
    last_sent_date = models.DateField(null=True, help_text="in the person's time zone")
    unanswered = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["owner"]
        indexes: ClassVar = [models.Index(fields=["hour"], condition=models.Q(is_on=True), name="reminders_on")]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.hour} h"
