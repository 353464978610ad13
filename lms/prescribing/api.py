"""The front door of prescribing."""

from .asking import asked_of
from .services import change_assignment, close_assignment, create_assignment, extend
from .settling import people_of, settle
from .types import Asked, Draft, Part, State

__all__ = [
    "Asked",
    "Draft",
    "Part",
    "State",
    "asked_of",
    "change_assignment",
    "close_assignment",
    "create_assignment",
    "extend",
    "people_of",
    "settle",
]
