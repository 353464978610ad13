"""Who listens to what. Handlers live in each app's handlers.py, imported in AppConfig.ready()."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from .event import Event, kind_of

E = TypeVar("E", bound=Event)
Handler = Callable[[E], None]
HandlerOfSeveral = Callable[[Sequence[E]], None]


@dataclass(frozen=True)
class Listener:
    """A handler, the event it hears and the name under which its deliveries wait."""

    name: str
    event_class: type[Event]
    handler: Callable[..., None]
    only: Callable[..., bool] | None = None
    takes_several: bool = False

    def hear(self, events: Sequence[Event]) -> None:
        """Hand over what happened, at once to a handler of several."""
        if self.takes_several:
            self.handler(events)
        else:
            for event in events:
                self.handler(event)


_listeners: dict[tuple[str, type[Event]], Listener] = {}


def listen(event_class: type[E], *, only: Callable[[E], bool] | None = None) -> Callable[[Handler[E]], Handler[E]]:
    """Register the decorated function as a handler of `event_class`, named by its dotted path.

    `only` says, from the event alone, whether it is worth a delivery: a handler that most events do not concern would
    make the worker pay for everybody.
    """

    def register(handler: Handler[E]) -> Handler[E]:
        name = f"{handler.__module__}.{handler.__qualname__}"
        _listeners[name, event_class] = Listener(name, event_class, handler, only)
        return handler

    return register


def listen_to_several(
    event_class: type[E], *, only: Callable[[E], bool] | None = None
) -> Callable[[HandlerOfSeveral[E]], HandlerOfSeveral[E]]:
    """Register a handler that is given what waits for it at once, in one transaction: for what comes by the thousand.

    The events are of different aggregates, in the order they came; of several kinds, for a handler that hears several.
    When it raises, each of them is handed over again, alone. `only`: see `listen`.
    """

    def register(handler: HandlerOfSeveral[E]) -> HandlerOfSeveral[E]:
        name = f"{handler.__module__}.{handler.__qualname__}"
        _listeners[name, event_class] = Listener(name, event_class, handler, only, takes_several=True)
        return handler

    return register


def names_of_several() -> frozenset[str]:
    """Return the names of the handlers that take several events at once."""
    return frozenset(listener.name for listener in _listeners.values() if listener.takes_several)


def listeners_of(kind: str) -> list[Listener]:
    """Return who hears `kind`, in the order of their registration."""
    return [listener for listener in _listeners.values() if kind_of(listener.event_class) == kind]


def listener_named(name: str, kind: str) -> Listener:
    """Return the listener `name` of `kind`; LookupError when its code has gone."""
    for listener in listeners_of(kind):
        if listener.name == name:
            return listener
    raise LookupError(f"No listener is called {name} for {kind}: its deliveries wait until it is back or removed.")


def forget(handler: Callable[..., None]) -> None:
    """Unregister `handler`: for tests that register their own."""
    for key in [key for key, listener in _listeners.items() if listener.handler is handler]:
        del _listeners[key]
