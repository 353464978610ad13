"""Handling deliveries: in order per aggregate and listener, each with its handler in one transaction."""

import logging
import traceback
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from kernel import clock
from kernel.models import Delivery

from .event import decode
from .fanout import fan_out
from .listeners import listener_named

logger = logging.getLogger(__name__)
BATCH = 200
FIRST_DELAY = timedelta(seconds=5)
LONGEST_DELAY = timedelta(hours=1)
KEPT_ERROR = 4000


class ListenerFailed(Exception):
    """A handler raised; its delivery stays and will be tried again."""


def dispatch(*, now: datetime) -> int:
    """Hand out what is waiting and due; return how many deliveries were handled."""
    while fan_out(now=now):
        pass
    handled, _ = _deliver_all_due(now=now)
    return handled


def drain(*, now: datetime | None = None) -> int:
    """Dispatch everything now, with what the handlers publish in turn; raises ListenerFailed at the end if one did."""
    now, total, failures = now or clock.now(), 0, list[str]()
    while True:
        events = fan_out(now=now)
        handled, failed = _deliver_all_due(now=now)
        total, failures = total + handled, failures + failed
        if not events and not handled:
            break
    if failures:
        raise ListenerFailed(failures[0])
    return total


def _deliver_all_due(*, now: datetime) -> tuple[int, list[str]]:
    """Handle batches until one brings nothing; return the count and what failed."""
    total, failures = 0, list[str]()
    while True:
        outcomes = [deliver(pk, now=now) for pk in _heads(now=now).values_list("pk", flat=True)[:BATCH]]
        total += outcomes.count(None)
        failures += [error for error in outcomes if error]
        if None not in outcomes:
            return total, failures


def _heads(*, now: datetime) -> QuerySet[Delivery]:
    """Return the due deliveries that have no earlier one waiting for the same listener and aggregate."""
    earlier = Delivery.objects.filter(
        listener=OuterRef("listener"), aggregate=OuterRef("aggregate"), event_id__lt=OuterRef("event_id")
    )
    due = Q(next_attempt_at=None) | Q(next_attempt_at__lte=now)
    return Delivery.objects.filter(due, ~Exists(earlier)).order_by("event_id", "listener")


def deliver(pk: int, *, now: datetime) -> str | None:
    """Handle one delivery; return None when done, "" when another worker has it, else the error that was kept."""
    try:
        return None if _handle(pk, now=now) else ""
    except Exception as error:  # noqa: BLE001 - whatever a handler raises must not stop the others
        return _keep(pk, error, now=now)


@transaction.atomic
def _handle(pk: int, *, now: datetime) -> bool:
    """Run the handler and delete the delivery in one transaction, so that its rows are written exactly once."""
    delivery = _claim(pk, now=now)
    if delivery is None:
        return False
    stored = delivery.event
    listener = listener_named(delivery.listener, stored.kind)
    listener.handler(decode(listener.event_class, aggregate=stored.aggregate, at=stored.at, payload=stored.payload))
    delivery.delete()
    return True


def _claim(pk: int, *, now: datetime) -> Delivery | None:
    """Lock the delivery, or return None: another worker holds it, has done it, or has just put it off."""
    lockable = _heads(now=now).select_related("event").filter(pk=pk)
    return lockable.select_for_update(of=("self",), skip_locked=True).first()


def _keep(pk: int, error: Exception, *, now: datetime) -> str:
    """Write down why it failed and when to try again; later events of this aggregate wait for this listener only."""
    text = "".join(traceback.format_exception(error))[-KEPT_ERROR:]
    delivery = Delivery.objects.filter(pk=pk).first()
    if delivery is None:
        return text
    delay = min(FIRST_DELAY * 2 ** min(delivery.attempts, 20), LONGEST_DELAY)
    Delivery.objects.filter(pk=pk).update(attempts=delivery.attempts + 1, error=text, next_attempt_at=now + delay)
    logger.error("listener %s failed on event %s: %s", delivery.listener, delivery.event_id, error)
    return text
