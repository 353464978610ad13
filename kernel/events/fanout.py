"""From an event to one waiting delivery per listener."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from kernel.models import Delivery, OutboxEvent

from .event import decode
from .listeners import Listener, listeners_of

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
    Delivery.objects.bulk_create(_deliveries(events))
    OutboxEvent.objects.filter(pk__in=[event_id for event_id, _, _ in events]).update(dispatched_at=now)
    return len(events)


def _deliveries(events: Iterable[tuple[int, str, UUID]]) -> list[Delivery]:
    """Return one delivery per event and listener that wants it."""
    heard = [(event, listener) for event in events for listener in listeners_of(event[1])]
    choosy = {event_id for (event_id, _, _), listener in heard if listener.only}
    stored = OutboxEvent.objects.in_bulk(choosy) if choosy else {}
    return [
        Delivery(event_id=event_id, listener=listener.name, aggregate=aggregate)
        for (event_id, _, aggregate), listener in heard
        if listener.only is None or _is_wanted(listener, stored[event_id])
    ]


def _is_wanted(listener: Listener, stored: OutboxEvent) -> bool:
    event = decode(listener.event_class, aggregate=stored.aggregate, at=stored.at, payload=stored.payload)
    return listener.only is None or listener.only(event)


def _take_turn() -> None:
    """Wait for the other fan-out to commit (SQLite's transactions are already one at a time)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
