"""What a line of institutions.yaml and of programmes.yaml may say, and what is wrong with one that says otherwise."""

import re
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kernel.entries import Rule, Rules, matching, number, one_of, text

from .models import Institution

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
UAI = re.compile(r"\d{7}[A-Z]")
CONFIDENCE = ("high", "medium", "low", "proposed")
CATEGORIES = ("medical", "paramedical", "social")


def _is_zone(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(ZoneInfo(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("https://", "http://")) and len(value) <= 200


KEY_RULE = Rule("lower case letters, digits and hyphens, 50 at most", matching(KEY), is_needed=True)
CONFIDENCE_RULE = Rule(f"one of {', '.join(CONFIDENCE)}", one_of(CONFIDENCE))
INSTITUTION: Rules = {
    "key": KEY_RULE,
    "kind": Rule(f"one of {', '.join(Institution.Kind.values)}", one_of(Institution.Kind.values), True),
    "name": Rule("a text of 200 letters at most", text(200), is_needed=True),
    "uai": Rule('seven digits and a capital, in quotes: "0755976N"', matching(UAI)),
    "city": Rule("a text of 100 letters at most", text(100)),
    "academy": Rule("a text of 60 letters at most", text(60)),
    "region": Rule("a text of 60 letters at most", text(60)),
    "website": Rule("an address that begins with https:// or http://", _is_address),
    "time_zone": Rule("the name of a time zone: Indian/Reunion", _is_zone),
    "health_students": Rule("a whole number", number(0, 1_000_000)),
    "is_counted": Rule("true or false", lambda value: isinstance(value, bool)),
    "confidence": CONFIDENCE_RULE,
    "note": Rule("a text", text(2000)),
}
PROGRAMME: Rules = {
    "key": KEY_RULE,
    "number": Rule("a whole number from 1", number(1, 999), is_needed=True),
    "title": Rule("a text of 200 letters at most", text(200), is_needed=True),
    "diploma": Rule("a text of 200 letters at most", text(200)),
    "category": Rule(f"one of {', '.join(CATEGORIES)}", one_of(CATEGORIES)),
    "eqf_level": Rule("a whole number from 1 to 8", number(1, 8)),
    "hours": Rule("a whole number of hours", number(1, 1000)),
    "confidence": CONFIDENCE_RULE,
    "texts": Rule("a text", text(500)),
}
