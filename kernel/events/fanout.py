"""From an event to one waiting delivery per listener."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from kernel.models import Delivery, OutboxEvent

from .listeners import listeners_of

BATCH = 500
# "socle outbox" as a number: one fan-out at a time, or two of them could hand an aggregate's events out of order.
ADVISORY_LOCK = 0x50C1E0B0


@transaction.atomic
def fan_out(*, now: datetime) -> int:
    """Turn undispatched events into deliveries, in order, and return how many events that was."""
    _take_turn()
    waiting = OutboxEvent.objects.filter(dispatched_at=None).order_by("id")
    # Not whole rows: most events have no listener, and their payload is nobody's business here.
    events = list(waiting.select_for_update(skip_locked=True).values_list("id", "kind", "aggregate")[:BATCH])
    Delivery.objects.bulk_create([delivery for event in events for delivery in _deliveries(*event)])
    OutboxEvent.objects.filter(pk__in=[event_id for event_id, _, _ in events]).update(dispatched_at=now)
    return len(events)


def _deliveries(event_id: int, kind: str, aggregate: UUID) -> list[Delivery]:
    return [Delivery(event_id=event_id, listener=listener.name, aggregate=aggregate) for listener in listeners_of(kind)]


def _take_turn() -> None:
    """Wait for the other fan-out to commit (SQLite's transactions are already one at a time)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
