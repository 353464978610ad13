"""Where an item belongs, as tags of Moodle and of GIFT: `competency:D3.C1`, `audience:citizen`…"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from question_bank.exchange.markup import Element

PLACES = {"competency": "competency", "capacity": "capacity", "cluster": "cluster", "difficulty": "difficulty"}
MANY = {"audience": "audiences", "profession": "professions", "enemy": "enemies"}
TAG = re.compile(r"([a-z]{1,20}):([\w.-]{1,100})")


def tags_of(data: Mapping[str, Any]) -> list[str]:
    """Return where an item belongs as tags."""
    single = [f"{name}:{data[field]}" for name, field in PLACES.items() if data.get(field)]
    return single + [f"{name}:{value}" for name, field in MANY.items() for value in data.get(field, ())]


def placed(tags: Iterable[str]) -> dict[str, Any]:
    """Return the fields that tags say; nothing when there is none of ours."""
    found: dict[str, Any] = {}
    for tag in tags:
        match = TAG.fullmatch(tag.strip())
        if match is None:
            continue
        name, value = match.groups()
        if name == "difficulty" and value in ("1", "2", "3", "4"):
            found["difficulty"] = int(value)
        elif name in PLACES and name != "difficulty":
            found[PLACES[name]] = value
        elif name in MANY:
            found.setdefault(MANY[name], []).append(value)
    if found:
        found = {**{field: [] for field in MANY.values()}, **found}
    return found


def place_of(question: Element) -> dict[str, Any]:
    """Return what the tags of a Moodle question say of where it belongs."""
    tags = question.first("tags")
    return placed(tag.text() for tag in tags.all("tag")) if tags else {}
