"""Events and listeners of the kernel's own tests."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from kernel.events import Event, listen, listen_to_several, publish
from kernel.events.listeners import forget


@dataclass(frozen=True, kw_only=True)
class LampLit(Event):
    """What these tests publish."""

    name: str
    owner: UUID | None = None
    until: datetime | None = None
    power: float = 1.0


@dataclass(frozen=True, kw_only=True)
class LampBroken(Event):
    """Another kind of the same lamps."""

    name: str


Say = Callable[..., None]


@pytest.fixture
def say(now: datetime) -> Say:
    """Publish LampLit in a transaction of its own."""

    def say(name: str, aggregate: UUID, **fields: Any) -> None:
        with transaction.atomic():
            publish(LampLit(aggregate=aggregate, at=now, name=name, **fields))

    return say


@pytest.fixture
def hear() -> Iterator[Callable[..., None]]:
    """Register a handler of LampLit, or of another event, under a name, for one test."""
    handlers: list[Callable[..., None]] = []

    def hear(
        handler: Callable[..., None], name: str, *, of: type[Event] = LampLit, several: bool = False, **wishes: Any
    ) -> None:
        handler.__qualname__ = name
        register = listen_to_several(of, **wishes) if several else listen(of, **wishes)
        handlers.append(register(handler))

    yield hear
    for handler in handlers:
        forget(handler)
