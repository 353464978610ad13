"""What the bank promises as a whole (data/bank_targets.yaml), and what it lacks of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from question_bank.interactions.building import PLAIN

from .coverage import coverage, key_is_longest
from .item_shape import DIFFICULTIES
from .references import APP, known_capacities, read_data

TARGETS = APP / "data" / "bank_targets.yaml"
SHOWN = frozenset({"artefact", "picture", "scene"})  # the thing itself: a message, a drawing, a place to act in
Item = Mapping[str, Any]


@dataclass(frozen=True)
class Targets:
    """The least, or for keys the most, that the whole bank holds; shares are of published items."""

    per_competency: int
    per_competency_and_difficulty: int
    per_competency_in_english: int
    per_audience: Mapping[str, int]
    not_single_choice: float
    with_artefact: float
    key_in_one_place: float
    key_is_longest: float
    per_environment: int
    per_trade: int
    trades: Mapping[str, Sequence[str]]


@lru_cache(maxsize=4)
def targets(path: Path = TARGETS) -> Targets:
    """Return what the bank promises."""
    return Targets(**read_data(path))


def bank_problems(items: Sequence[Item], promised: Targets | None = None) -> Iterator[str]:
    """Yield what the published items lack, taken together."""
    published = [item for item in items if item["status"] == "published"]
    for lacks in (_of_competencies, _of_audiences, _of_trades, _of_environments, _of_forms, _of_keys):
        yield from lacks(published, promised or targets())


def _fewer(counted: Mapping[Any, int], names: Iterable[Any], least: int, sentence: str) -> Iterator[str]:
    """Yield `sentence` (with {name}, {count}) for each name counted fewer than `least` times."""
    for name in names:
        if counted.get(name, 0) < least:
            yield f"{sentence.format(name=name, count=counted.get(name, 0))}; {least} at least"


def _of_competencies(published: Sequence[Item], promised: Targets) -> Iterator[str]:
    codes = list(known_capacities())
    counted = Counter(item["competency"] for item in published)
    yield from _fewer(counted, codes, promised.per_competency, "{name}: {count} published items")
    for level in DIFFICULTIES:
        counted = Counter(item["competency"] for item in published if item["difficulty"] == level)
        sentence = f"{{name}}: {{count}} published items of difficulty {level}"
        yield from _fewer(counted, codes, promised.per_competency_and_difficulty, sentence)
    english = Counter(item["competency"] for item in published if "en" in item)
    yield from _fewer(english, codes, promised.per_competency_in_english, "{name}: {count} items in English")


def _of_audiences(published: Sequence[Item], promised: Targets) -> Iterator[str]:
    counted = Counter(audience for item in published for audience in item["audiences"])
    for audience, least in promised.per_audience.items():
        yield from _fewer(counted, [audience], least, "{count} items for the audience “{name}”")
    for item in published:
        if "citizen" in item["audiences"] and PLAIN not in item:
            yield f"{item['key']}: citizens may be given it, and it has no `{PLAIN}` wording"


def _of_trades(published: Sequence[Item], promised: Targets) -> Iterator[str]:
    counted = Counter(
        trade for item in published for trade, ids in promised.trades.items() if set(ids) & set(item["professions"])
    )
    yield from _fewer(counted, promised.trades, promised.per_trade, "{count} situations of {name}")


def _of_environments(published: Sequence[Item], promised: Targets) -> Iterator[str]:
    counted = Counter(item["fr"]["scene"]["kind"] for item in published if item["interaction"] == "simulation")
    if counted:
        yield from _fewer(counted, sorted(counted), promised.per_environment, "{count} simulations in “{name}”")


def _of_forms(published: Sequence[Item], promised: Targets) -> Iterator[str]:
    total = max(1, len(published))
    others = sum(item["interaction"] != "single_choice" for item in published)
    shown = sum(not SHOWN.isdisjoint(item["fr"]) for item in published)
    shares = (
        (others, promised.not_single_choice, "are not single choice"),
        (shown, promised.with_artefact, "show an artefact"),
    )
    for count, least, sentence in shares:
        if count / total < least:
            yield f"{count / total:.0%} of the items {sentence}; {least:.0%} at least"


def _of_keys(published: Sequence[Item], promised: Targets) -> Iterator[str]:
    singles = [item for item in published if item["interaction"] == "single_choice"]
    total = max(1, len(singles))
    for place, count in coverage(published, ()).key_position.items():
        if count / total > promised.key_in_one_place:
            yield (
                f"{count / total:.0%} of the single choices have their key in place {place};"
                f" {promised.key_in_one_place:.0%} at most"
            )
    if (share := sum(map(key_is_longest, singles)) / total) > promised.key_is_longest:
        most = f"{promised.key_is_longest:.0%} at most"
        yield f"the key is the longest choice in {share:.0%} of the single choices; {most}"
