"""What an event is: a frozen, flat record of something that happened."""

from dataclasses import dataclass, fields
from datetime import datetime
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from django.apps import apps

FLAT_TYPES = {str, int, float, bool, NoneType, UUID, datetime}
COLUMNS = {"aggregate", "at"}
_kinds: dict[type["Event"], str] = {}
_types: dict[type["Event"], dict[str, set[type]]] = {}


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to `aggregate` at `at`; subclasses add flat fields and are named in the past tense."""

    aggregate: UUID
    at: datetime


def kind_of(event_class: type[Event]) -> str:
    """Return "<app label>.<ClassName>", the name under which the event is stored."""
    if event_class not in _kinds:
        _kinds[event_class] = f"{_label(event_class)}.{event_class.__name__}"
    return _kinds[event_class]


def _label(event_class: type[Event]) -> str:
    config = apps.get_containing_app_config(event_class.__module__)
    return config.label if config else event_class.__module__.split(".")[0]


def encode(event: Event) -> dict[str, Any]:
    """Return the fields that have no column of their own; the JSON encoder knows UUID and datetime."""
    return {name: _text(getattr(event, name)) for name in _payload_types(type(event))}


def decode(event_class: type[Event], *, aggregate: UUID, at: datetime, payload: dict[str, Any]) -> Event:
    """Return the event as it was published."""
    types = _payload_types(event_class)
    values = {name: _value(value, types[name]) for name, value in payload.items() if name in types}
    return event_class(aggregate=aggregate, at=at, **values)


def _payload_types(event_class: type[Event]) -> dict[str, set[type]]:
    if event_class not in _types:
        _types[event_class] = _read_types(event_class)
    return _types[event_class]


def _read_types(event_class: type[Event]) -> dict[str, set[type]]:
    hints = get_type_hints(event_class)
    types = {field.name: _members(hints[field.name]) for field in fields(event_class) if field.name not in COLUMNS}
    for name, members in types.items():
        if not members <= FLAT_TYPES:
            raise TypeError(
                f"{event_class.__name__}.{name} is not flat: an event carries text, numbers, ids and dates."
            )
    return types


def _members(hint: Any) -> set[type]:
    return set(get_args(hint)) if get_origin(hint) in (Union, UnionType) else {hint}


def _text(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()  # to the microsecond, which DjangoJSONEncoder would cut
    return str(value) if isinstance(value, UUID) else value


def _value(value: Any, members: set[type]) -> Any:
    if isinstance(value, str) and str not in members:
        return UUID(value) if UUID in members else datetime.fromisoformat(value)
    return value
