"""Interaction types: the only place that knows one. Pure functions: no database, no clock."""

from .answers import DONT_KNOW, Answer, Outcome
from .asking import check, explain, parse_form, parse_json, present
from .building import build_content
from .content import ItemContent
from .mask import OptionMask
from .registry import INTERACTIONS, interaction

__all__ = [
    "DONT_KNOW",
    "INTERACTIONS",
    "Answer",
    "ItemContent",
    "OptionMask",
    "Outcome",
    "build_content",
    "check",
    "explain",
    "interaction",
    "parse_form",
    "parse_json",
    "present",
]
