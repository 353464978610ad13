"""Events waiting to be told, and who has still to hear each of them."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class OutboxEvent(models.Model):
    """One thing that happened, written in the transaction that made it happen."""

    kind = models.CharField(max_length=120)
    aggregate = models.UUIDField()
    at = models.DateTimeField()
    payload = models.JSONField(encoder=DjangoJSONEncoder)
    dispatched_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # No cursor on the id: a row committed late, with a lower id, is still undispatched and still found.
            models.Index(fields=["id"], name="outbox_undispatched", condition=models.Q(dispatched_at__isnull=True)),
            models.Index(fields=["dispatched_at"], name="outbox_dispatched_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.aggregate}"


class Delivery(models.Model):
    """One event that one listener has still to handle; the row is deleted in the handler's own transaction."""

    # The unique constraint below already is an index on the event.
    event = models.ForeignKey(OutboxEvent, on_delete=models.PROTECT, related_name="deliveries", db_index=False)
    listener = models.CharField(max_length=200)
    aggregate = models.UUIDField()
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    next_attempt_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["event", "listener"], name="delivery_once_per_listener")]
        indexes = [models.Index(fields=["listener", "aggregate", "event"], name="delivery_in_order")]

    def __str__(self) -> str:
        return f"{self.listener} ← {self.event_id}"
