"""What the bank covers: the table of `check_bank`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from question_bank.interactions.building import WORDINGS
from question_bank.interactions.registry import INTERACTIONS

from .item_shape import AUDIENCES, DIFFICULTIES, STATUSES
from .references import known_capacities

PLACES = ("1", "2", "3", "4", "5")
Item = Mapping[str, Any]


@dataclass
class Coverage:
    """The table of `check_bank`: published items only, but for `by_status`.

    `key_position`: where the key of a single choice stands.
    """

    published: int
    by_competency: dict[str, int]
    by_difficulty: dict[str, int]
    by_interaction: dict[str, int]
    by_audience: dict[str, int]
    by_language: dict[str, int]
    by_status: dict[str, int]
    key_position: dict[str, int]
    problems: list[str] = field(default_factory=list)
    shortfalls: list[dict[str, Any]] = field(default_factory=list)  # what is offered asks for more (serving.py)

    def to_json(self) -> dict[str, Any]:
        """Return the table as `--format json` prints it."""
        return asdict(self)


def coverage(items: Sequence[Item], problems: Sequence[str]) -> Coverage:
    """Count the published items; `problems` is what is already known to be wrong."""
    published = [item for item in items if item["status"] == "published"]
    singles = [item for item in published if item["interaction"] == "single_choice"]
    return Coverage(
        published=len(published),
        by_competency=_count(known_capacities(), (item["competency"] for item in published)),
        by_difficulty=_count(map(str, DIFFICULTIES), (str(item["difficulty"]) for item in published)),
        by_interaction=_count(INTERACTIONS, (item["interaction"] for item in published)),
        by_audience=_count(AUDIENCES, (audience for item in published for audience in item["audiences"])),
        by_language=_count(WORDINGS, (name for item in published for name in WORDINGS if name in item)),
        by_status=_count(STATUSES, (item["status"] for item in items)),
        key_position=_count(PLACES, (str(_key_place(item)) for item in singles)),
        problems=list(problems),
    )


def _count(names: Any, found: Any) -> dict[str, int]:
    counted = Counter(found)
    return {name: counted[name] for name in dict.fromkeys((*names, *sorted(counted)))}


def _key_place(item: Item) -> int:
    return [choice["id"] for choice in item["fr"]["choices"]].index(item["answer"]["correct"]) + 1


def key_is_longest(item: Item) -> bool:
    """Say whether the key of a single choice is longer than every other choice."""
    lengths = {choice["id"]: len(choice["text"]) for choice in item["fr"]["choices"]}
    key = lengths.pop(item["answer"]["correct"])
    return key > max(lengths.values())
