"""What somebody has begun and done, a line for each module and journey: as many queries for one as for twenty."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from lms.learning import selectors
from lms.learning.models import Journey, Module, ModuleProgress
from lms.learning.ways import Professions, completed, ways

from .checks import best_checks
from .recording import to_take_up


@dataclass(frozen=True, kw_only=True)
class ModuleLine:
    """One module of somebody. `seen` of its `total` present steps are behind; `removed` were, and are no more in it."""

    key: str
    title: str
    url: str
    resume_url: str
    is_published: bool
    minutes: int
    mark: int
    competencies: list[str]
    started_at: datetime
    seen_at: datetime
    completed_at: datetime | None
    seen: int
    total: int
    removed: int
    check: int | None
    seconds: int

    @property
    def is_completed(self) -> bool:
        """Whether it is done; what was added to it since does not undo that."""
        return self.completed_at is not None

    @property
    def is_read(self) -> bool:
        """Whether only the final check is missing."""
        return self.seen == self.total > 0

    @property
    def has_passed(self) -> bool:
        """Whether a final check reached the mark."""
        return self.check is not None and self.check >= self.mark

    @property
    def segments(self) -> list[bool]:
        """The bar: one mark a step, those behind first, and one for the final check."""
        return [*[True] * self.seen, *[False] * (self.total - self.seen), self.has_passed]

    @property
    def measured_minutes(self) -> int:
        """The whole minutes measured while its pages were seen; 0: none."""
        return self.seconds // 60


@dataclass(frozen=True, kw_only=True)
class JourneyLine:
    """One journey of somebody: `done` of its `total` published modules; the key of the `following` one, or "".

    It is the way of everybody, unless that of a profession is completed (lms.learning.ways).
    """

    key: str
    title: str
    url: str
    done: int
    total: int
    following: str
    is_published: bool

    @property
    def is_completed(self) -> bool:
        """Whether all its modules are done."""
        return self.done == self.total > 0

    @property
    def segments(self) -> list[bool]:
        """The bar: one mark a module, those done first."""
        return [place < self.done for place in range(self.total)]


def module_lines(*, owner_id: int, language: str) -> list[ModuleLine]:
    """Return the modules somebody has begun, the last one they were in first: four queries at most."""
    begun = ModuleProgress.objects.filter(owner_id=owner_id).select_related("module").prefetch_related("steps")
    rows = list(begun.order_by("-seen_at", "-pk"))
    best = best_checks(rows, owner_id)
    return [_module_line(row, language, best[row.module.key]) for row in rows]


def journey_lines(*, modules: Iterable[ModuleLine], language: str) -> list[JourneyLine]:
    """Return the journeys that somebody has begun (see `_is_begun`), those furthest first: two queries."""
    begun = {line.key: line for line in modules}
    published = selectors.professions_of_modules()
    rows = [journey for journey in selectors.journeys() if _is_begun(journey, begun, published)]
    lines = [_journey_line(journey, begun, published, language) for journey in rows]
    return sorted(lines, key=lambda line: (line.is_completed, -line.done, line.key))


def journey_line(
    journey: Journey, *, modules: Iterable[ModuleLine], published: Professions, language: str
) -> JourneyLine:
    """Return where somebody who has begun `modules` is in one journey, begun or not.

    `published`: of every module (lms.learning.selectors.professions_of_modules).
    """
    return _journey_line(journey, {line.key: line for line in modules}, published, language)


def _module_line(row: ModuleProgress, language: str, check: int | None) -> ModuleLine:
    module, spoken = row.module, _spoken(row.module, language)
    keys = set(module.step_keys)
    seen = {step.key for step in row.steps.all() if step.seen_at is not None}
    return ModuleLine(
        key=module.key,
        title=module.title(spoken),
        url=selectors.page_url(module.key, spoken),
        resume_url=selectors.page_url(module.key, spoken, to_take_up(row.step, module.step_keys, seen)),
        is_published=module.is_published,
        minutes=module.minutes,
        mark=module.mark,
        competencies=list(module.competencies),
        started_at=row.started_at,
        seen_at=row.seen_at,
        completed_at=row.completed_at,
        seen=len(seen & keys),
        total=len(keys),
        removed=len(seen - keys),
        check=check,
        seconds=row.seconds,
    )


def _is_begun(journey: Journey, begun: Collection[str], published: Professions) -> bool:
    """Say whether it was entered by its first module, or by two: one that many journeys share begins none of them."""
    every = list(ways(journey.parts, published))
    return len(set(journey.every_key).intersection(begun)) > 1 or any(way[0] in begun for way in every if way)


def _journey_line(journey: Journey, begun: dict[str, ModuleLine], published: Professions, language: str) -> JourneyLine:
    spoken = _spoken(journey, language)
    behind = {key for key, line in begun.items() if line.is_completed}
    keys = _way(journey, behind, published)
    done = [key for key in keys if key in behind]
    return JourneyLine(
        key=journey.key,
        title=journey.title(spoken),
        url=selectors.page_url(journey.key, spoken),
        done=len(done),
        total=len(keys),
        following=next((key for key in keys if key not in done), ""),
        is_published=journey.is_published,
    )


def _way(journey: Journey, behind: set[str], published: Professions) -> list[str]:
    """Return the way that somebody has completed, else that of everybody."""
    every = list(ways(journey.parts, published))
    return next(iter(completed(every, behind)), every[0])


def _spoken(entry: Module | Journey, language: str) -> str:
    return language if language in entry.languages else "fr"
