"""Interaction types: the only place that knows one. Pure functions: no database, no clock."""

from .answers import DONT_KNOW, Answer, Outcome
from .asking import (
    check,
    explain,
    gesture_refusal,
    has_acted,
    is_played,
    parse_form,
    parse_json,
    present,
    read_gesture,
)
from .building import build_content
from .content import ItemContent
from .gestures import Gesture
from .mask import OptionMask
from .registry import INTERACTIONS, interaction

__all__ = [
    "DONT_KNOW",
    "INTERACTIONS",
    "Answer",
    "Gesture",
    "ItemContent",
    "OptionMask",
    "Outcome",
    "build_content",
    "check",
    "explain",
    "gesture_refusal",
    "has_acted",
    "interaction",
    "is_played",
    "parse_form",
    "parse_json",
    "present",
    "read_gesture",
]
