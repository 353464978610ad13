"""Statements as they are kept, and the one row that says whose they are."""

from django.conf import settings
from django.db import models


class Pseudonym(models.Model):
    """Under which name a recipient knows a person: one name per recipient, so that two cannot compare.

    Erasing this row is forgetting who the person was; it goes with them, and takes the statements kept here.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    recipient = models.SlugField(help_text="whose store: socle is our own")
    name = models.CharField(max_length=32, unique=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["person", "recipient"], name="one_pseudonym_per_recipient")]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.name}"


class Statement(models.Model):
    """One xAPI statement. `raw` is its exact text, kept as text: read and sent on without being parsed."""

    seq = models.BigAutoField(primary_key=True)
    # Django keeps the name `id` for primary keys; the column has it.
    uuid = models.UUIDField(unique=True, db_column="id", editable=False)
    actor = models.ForeignKey(Pseudonym, models.CASCADE, related_name="statements", db_index=False)
    verb = models.CharField(max_length=200, help_text="its IRI")
    activity = models.CharField(max_length=400, help_text="the IRI of its object")
    registration = models.UUIDField(null=True)
    happened_at = models.DateTimeField(help_text="its timestamp")
    stored_at = models.DateTimeField()
    is_voided = models.BooleanField(default=False)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of its canonical JSON, to compare two of one id")
    authority = models.CharField(max_length=120, help_text="who sent it: socle is this platform")
    raw = models.TextField()

    class Meta:
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["actor", "-happened_at", "-seq"], name="statement_actor"),
            models.Index(fields=["registration", "seq"], name="statement_registration"),
            models.Index(fields=["verb", "seq"], name="statement_verb"),
            models.Index(fields=["activity", "seq"], name="statement_activity"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
