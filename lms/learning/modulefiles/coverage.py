"""What the modules cover, and what remains to be written: the table of `check_modules`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from question_bank.api import files

from .shape import LEVELS
from .walking import blocks

TARGETS: Final = Path(__file__).resolve().parent.parent / "data" / "learning_targets.yaml"
LANGUAGES: Final = ("fr", "en")
Module = Mapping[str, Any]


@dataclass(frozen=True)
class Targets:
    """The least that the published modules hold together."""

    modules: int
    per_competency: int
    per_competency_and_level: int
    for_citizens: int
    in_english: int
    on_social_work: int
    social_work: Sequence[str]


@dataclass
class Coverage:
    """The table of `check_modules`: published modules only, but for `drafts`. `minutes`: all modules together."""

    published: int
    drafts: int
    journeys: int
    minutes: int
    items: int
    simulations: int
    by_competency: dict[str, dict[str, int]]
    by_level: dict[str, int]
    by_audience: dict[str, int]
    by_language: dict[str, int]
    to_write: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Return the table as `--format json` prints it."""
        return asdict(self)


@lru_cache(maxsize=4)
def targets(path: Path = TARGETS) -> Targets:
    """Return what is promised."""
    return Targets(**files.read_data(path))


def coverage(
    modules: Sequence[Module], journeys: int, problems: Sequence[str], promised: Targets | None = None
) -> Coverage:
    """Count the published modules; the competency counted is the main one. `problems`: what is known to be wrong."""
    published = [module for module in modules if module.get("status", "published") == "published"]
    shown = Counter(kind for module in published for _keys, kind, _value in blocks(module["fr"], "fr"))
    return Coverage(
        published=len(published),
        drafts=len(modules) - len(published),
        journeys=journeys,
        minutes=sum(module["minutes"] for module in published),
        items=shown["item"],
        simulations=shown["simulation"],
        by_competency=_by_competency(published),
        by_level=_count(LEVELS, (module["level"] for module in published)),
        by_audience=_count(files.AUDIENCES, (one for module in published for one in module["audiences"])),
        by_language=_count(LANGUAGES, (name for module in published for name in LANGUAGES if name in module)),
        to_write=list(to_write(published, promised or targets())),
        problems=list(problems),
    )


def _count(names: Iterable[str], found: Iterable[str]) -> dict[str, int]:
    counted = Counter(found)
    return {name: counted[name] for name in dict.fromkeys((*names, *sorted(counted)))}


def _by_competency(published: Sequence[Module]) -> dict[str, dict[str, int]]:
    counted = Counter((module["competencies"][0], module["level"]) for module in published)
    return {code: {level: counted[code, level] for level in LEVELS} for code in files.known_capacities()}


def to_write(published: Sequence[Module], promised: Targets) -> Iterator[str]:
    """Yield, in words, what remains to be written."""
    for code, levels in _by_competency(published).items():
        for level, count in levels.items():
            if count < promised.per_competency_and_level:
                yield f"{code}: no module of level {level}"
        if (total := sum(levels.values())) < promised.per_competency and all(levels.values()):
            yield f"{code}: {total} modules; {promised.per_competency} at least"
    social = set(promised.social_work)
    for count, least, sentence in (
        (len(published), promised.modules, "modules"),
        (sum("citizen" in module["audiences"] for module in published), promised.for_citizens, "modules for citizens"),
        (sum("en" in module for module in published), promised.in_english, "modules in English"),
        (
            sum(bool(social & set(module["professions"])) for module in published),
            promised.on_social_work,
            "modules on social work",
        ),
    ):
        if count < least:
            yield f"{count} {sentence}; {least} at least"
