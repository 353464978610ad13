"""What the interactions made of choices share: their shapes, their checks, their drawing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from question_bank.shapes import Keys, Problem, Shape, fields, identifier, listing, text

from .content import Choice, ItemContent
from .mask import OptionMask

CHOICE = fields({"id": identifier, "text": text(200), "rationale": text(400)})
TARGET = fields({"id": identifier, "text": text(200)})


def choices_shape(least: int, most: int, of: Shape = CHOICE) -> Shape:
    """The shape of a list of choices."""
    return listing(of, least, most)


def ids(things: Any) -> list[str]:
    """Return the ids of a list of choices as it is written in a file (what has none is left out)."""
    return [thing["id"] for thing in things or () if isinstance(thing, dict) and thing.get("id")]


def repeated(things: Any, keys: Keys) -> Iterator[Problem]:
    """Yield the ids, and the texts, that two choices share."""
    seen: set[str] = set()
    for index, thing in enumerate(things or ()):
        for field in ("id", "text"):
            value = f"{field} {thing.get(field)}".casefold() if isinstance(thing, dict) else ""
            if value in seen:
                yield (*keys, index, field), f"two entries share the {field} “{thing.get(field)}”"
            seen.add(value)


def unknown(written: Iterable[str], known: Sequence[str], keys: Keys) -> Iterator[Problem]:
    """Yield the ids that the answer uses and no choice has."""
    for value in written:
        if value and value not in known:
            yield keys, f"“{value}” is not the id of a choice; they are {', '.join(known)}"


def drawn(content: ItemContent, choices: Sequence[Choice], mask: OptionMask, prefix: str = "") -> list[dict[str, str]]:
    """Return choices as they are shown in this attempt: opaque ids, in the order of the attempt."""
    return [
        {"id": opaque, "text": choice.text} for opaque, choice in mask.shuffle(content.version_uuid, choices, prefix)
    ]


def in_order(content: ItemContent, choices: Sequence[Choice], mask: OptionMask, prefix: str) -> list[dict[str, str]]:
    """Return things that keep the order of the author, with opaque ids."""
    return [{"id": mask.hide(content.version_uuid, prefix + choice.id), "text": choice.text} for choice in choices]


def wording_choices(wording: Mapping[str, Any]) -> list[Any]:
    """Return the choices of one language of a file."""
    found = wording.get("choices")
    return found if isinstance(found, list) else []
