"""What the bank covers, and what it must cover as a whole."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from question_bank.interactions.building import WORDINGS
from question_bank.interactions.registry import INTERACTIONS

from .item_shape import AUDIENCES, DIFFICULTIES
from .references import known_capacities

LEAST_PER_COMPETENCY, LEAST_PER_AUDIENCE = 10, 100
LEAST_NOT_SINGLE, LEAST_WITH_ARTEFACT = 0.30, 1 / 3
MOST_IN_ONE_PLACE, MOST_LONGEST = 0.35, 0.35
PLACES = ("1", "2", "3", "4", "5")
Item = Mapping[str, Any]


@dataclass
class Coverage:
    """The table of `check_bank`: published items only. `key_position`: where the key of a single choice stands."""

    published: int
    by_competency: dict[str, int]
    by_difficulty: dict[str, int]
    by_interaction: dict[str, int]
    by_audience: dict[str, int]
    by_language: dict[str, int]
    key_position: dict[str, int]
    problems: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Return the table as `--format json` prints it (DESIGN, section 11)."""
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
        key_position=_count(PLACES, (str(_key_place(item)) for item in singles)),
        problems=list(problems),
    )


def _count(names: Any, found: Any) -> dict[str, int]:
    counted = Counter(found)
    return {name: counted[name] for name in dict.fromkeys((*names, *sorted(counted)))}


def _key_place(item: Item) -> int:
    return [choice["id"] for choice in item["fr"]["choices"]].index(item["answer"]["correct"]) + 1


def _key_is_longest(item: Item) -> bool:
    lengths = {choice["id"]: len(choice["text"]) for choice in item["fr"]["choices"]}
    key = lengths.pop(item["answer"]["correct"])
    return key > max(lengths.values())


def bank_problems(items: Sequence[Item]) -> Iterator[str]:
    """Yield what the bank as a whole lacks: items per competency, difficulty, audience, interaction; fair keys."""
    published = [item for item in items if item["status"] == "published"]
    yield from _competency_problems(published)
    table = coverage(published, ())
    for audience, count in table.by_audience.items():
        if count < LEAST_PER_AUDIENCE:
            yield f"{count} items for the audience “{audience}”; {LEAST_PER_AUDIENCE} at least"
    total = max(1, len(published))
    if (share := 1 - table.by_interaction["single_choice"] / total) < LEAST_NOT_SINGLE:
        yield f"{share:.0%} of the items are not single choice; {LEAST_NOT_SINGLE:.0%} at least"
    if (share := sum("artefact" in item["fr"] for item in published) / total) < LEAST_WITH_ARTEFACT:
        yield f"{share:.0%} of the items show an artefact; a third at least"
    yield from _key_problems([item for item in published if item["interaction"] == "single_choice"], table.key_position)


def _competency_problems(published: Sequence[Item]) -> Iterator[str]:
    by_competency: dict[str, list[int]] = defaultdict(list)
    for item in published:
        by_competency[item["competency"]].append(item["difficulty"])
    for competency in known_capacities():
        found = by_competency[competency]
        if len(found) < LEAST_PER_COMPETENCY:
            yield f"{competency}: {len(found)} published items; {LEAST_PER_COMPETENCY} at least"
        if missing := [str(level) for level in DIFFICULTIES if level not in found]:
            yield f"{competency}: no published item of difficulty {', '.join(missing)}"


def _key_problems(singles: Sequence[Item], places: Mapping[str, int]) -> Iterator[str]:
    total = max(1, len(singles))
    for place, count in places.items():
        if count / total > MOST_IN_ONE_PLACE:
            part = f"{count / total:.0%}"
            yield f"{part} of the single choices have their key in place {place}; {MOST_IN_ONE_PLACE:.0%} at most"
    if (share := sum(map(_key_is_longest, singles)) / total) > MOST_LONGEST:
        yield f"the key is the longest choice in {share:.0%} of the single choices; {MOST_LONGEST:.0%} at most"
