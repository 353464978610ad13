"""Handling deliveries: in order per aggregate and listener, each with its handler in one transaction."""

import logging
import traceback
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from kernel import clock
from kernel.models import Delivery, OutboxEvent

from .event import Event, decode
from .fanout import fan_out
from .listeners import Listener, listener_named, names_of_several

logger = logging.getLogger(__name__)
BATCH = 200
AT_ONCE = 50  # events to a handler of several: what a transaction holds meanwhile, an erasure may wait for
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
        outcomes = [outcome for group in list(_groups(now=now)) for outcome in _deliver_group(group, now=now)]
        total += outcomes.count(None)
        failures += [error for error in outcomes if error]
        if None not in outcomes:
            return total, failures


def _groups(*, now: datetime) -> Iterator[list[int]]:
    """Yield the deliveries of a batch: one by one, or those of a handler of several together."""
    several, waiting = names_of_several(), dict[str, list[int]]()
    for pk, listener in _heads(now=now).values_list("pk", "listener")[:BATCH]:
        if listener in several:
            waiting.setdefault(listener, []).append(pk)
        else:
            yield [pk]
    for found in waiting.values():
        yield from (found[start : start + AT_ONCE] for start in range(0, len(found), AT_ONCE))


def _deliver_group(group: list[int], *, now: datetime) -> list[str | None]:
    """Handle deliveries of one listener at once; alone when that fails, so that one does not hold up the others."""
    if len(group) > 1:
        try:
            handled = _handle(group, now=now)
            return [None if pk in handled else "" for pk in group]
        except Exception:  # the one that raises it alone keeps it
            logger.warning("%s deliveries failed together and are tried one by one", len(group), exc_info=True)
    return [deliver(pk, now=now) for pk in group]


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
        return None if _handle([pk], now=now) else ""
    except Exception as error:  # noqa: BLE001 - whatever a handler raises must not stop the others
        return _keep(pk, error, now=now)


@transaction.atomic
def _handle(pks: Sequence[int], *, now: datetime) -> list[int]:
    """Run the handler and delete the deliveries in one transaction, so that its rows are written exactly once.

    `pks`: of one listener. Returns those that were handled.
    """
    claimed = _claim(pks, now=now)
    if claimed:
        listeners = [listener_named(delivery.listener, delivery.event.kind) for delivery in claimed]
        told = [_event(listener, one.event) for listener, one in zip(listeners, claimed, strict=True)]
        listeners[0].hear(told)
    handled = [delivery.pk for delivery in claimed]
    _delete(handled)
    return handled


def _delete(pks: Sequence[int]) -> None:
    Delivery.objects.filter(pk__in=pks).delete()


def _event(listener: Listener, stored: OutboxEvent) -> Event:
    return decode(listener.event_class, aggregate=stored.aggregate, at=stored.at, payload=stored.payload)


def _claim(pks: Sequence[int], *, now: datetime) -> list[Delivery]:
    """Lock the deliveries, but those that another worker holds, has done, or has just put off."""
    lockable = _heads(now=now).select_related("event").filter(pk__in=pks)
    return list(lockable.select_for_update(of=("self",), skip_locked=True))


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
