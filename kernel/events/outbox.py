"""Publishing: exactly one row, in the transaction that made the event true."""

from django.db import transaction

from kernel.models import OutboxEvent, insert_rows

from .event import Event, encode, kind_of


class NotInTransaction(RuntimeError):
    """An event was published outside a transaction: the event and its cause could part."""


def publish(event: Event) -> None:
    """Write `event` to the outbox with one INSERT; raises NotInTransaction outside an atomic block."""
    insert_rows(outbox_row(event))


def outbox_row(event: Event) -> OutboxEvent:
    """Return the row that publishes `event`, to be written now with others (`kernel.models.write_rows`).

    Raises NotInTransaction outside an atomic block.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction(f"{kind_of(type(event))} must be published in the transaction that makes it true.")
    kind = kind_of(type(event))
    return OutboxEvent(kind=kind, aggregate=event.aggregate, at=event.at, payload=encode(event))
