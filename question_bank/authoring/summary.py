"""What the list shows and searches of a draft, worked out from its text whenever that changes."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from question_bank.interactions.building import WORDINGS
from question_bank.itemfiles.prose import texts

MOST_WORDS = 20_000


def summary(content: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of ItemDraft that follow from its content, however incomplete that is."""
    french = content.get("fr")
    return {
        "title": str(french.get("title") or "")[:120] if isinstance(french, dict) else "",
        "competency": _text(content, "competency")[:20],
        "capacity": _text(content, "capacity")[:20],
        "interaction": _text(content, "interaction")[:30],
        "difficulty": _difficulty(content.get("difficulty")),
        "audiences": _marked(content.get("audiences")),
        "languages": _marked([name for name in WORDINGS if name in content]),
        "review_by": _day(content.get("review_by")),
        "valid_to": _day(content.get("valid_to")),
        "words": " ".join(_words(content))[:MOST_WORDS],
    }


def mark(name: str) -> str:
    """Return how one name of a list is found in its column: `,fr,`."""
    return f",{name},"


def _marked(names: Any) -> str:
    return "".join(f",{name}" for name in names) + "," if isinstance(names, list) and names else ""


def _text(content: dict[str, Any], field: str) -> str:
    value = content.get(field)
    return value if isinstance(value, str) else ""


def _difficulty(value: Any) -> int | None:
    return int(value) if str(value) in {"1", "2", "3", "4"} else None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _words(content: dict[str, Any]) -> Iterator[str]:
    for name in WORDINGS:
        yield from (text for _keys, text in texts(content.get(name), (name,)))
