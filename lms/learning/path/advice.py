"""The modules of a path with their reasons, from the published modules and from where a person stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from competencies import api as competencies
from competencies.types import FrameworkTree
from lms.accounts.api import User
from lms.assessments import api as assessments
from lms.assessments.api import Standing, Suggestion
from lms.learning import selectors
from lms.learning.models import Module, ModuleProgress

from .ordering import Candidate, Placed, Scores, ordered, spread
from .rules import Rules, rules
from .wording import Aim, Rung, Subject, reason

STUDENT, CITIZEN = "student", "citizen"
FIRST = 4  # one more than a page shows: the module that one has just left is not shown again


@dataclass(frozen=True)
class PathStep:
    """A module at its place on a path, and why it is there, in the reader's language."""

    module: Module
    title: str
    url: str
    minutes: int
    level: str
    competency: str
    competency_title: str
    domain_number: int
    reason: str
    language: str
    gain: float


@dataclass(frozen=True)
class Guide:
    """What the reasons of one path share: where the person stands, how far they are led, titles by code."""

    standing: Standing | None
    aim: Aim
    language: str
    titles: dict[str, tuple[str, int]]


def path_of(user: User, language: str, audience: str = "") -> list[PathStep]:
    """Return the whole path of a person, the most useful module first, those completed left out.

    `audience`: student, professional or citizen; by default that of their last measure. Six queries, however many
    modules there are.
    """
    standing = assessments.standing_of(user.pk)
    speaking_to = audience or (standing.audience if standing else STUDENT)
    return _steps(standing, speaking_to, language, completed(user.pk))


def next_modules(results: Scores, audience: str, language: str, done: Collection[str] = ()) -> list[PathStep]:
    """Return the path that follows from `results` ({code: (score, low, high)}); `done`: keys to leave out."""
    return _steps(Standing(results, frozenset(), audience, None), audience, language, done)


def completed(owner_id: int) -> set[str]:
    """Return the keys of the modules that a person has completed."""
    rows = ModuleProgress.objects.filter(owner_id=owner_id, completed_at__isnull=False)
    return set(rows.order_by("pk").values_list("module__key", flat=True))


def suggest(standing: Standing, language: str) -> Sequence[Suggestion]:
    """Return the first modules of the path as a result page shows them: none about what the page says went well."""
    done = completed(standing.owner_id) if standing.owner_id else set[str]()
    path = _steps(standing, standing.audience, language, done)
    return [
        Suggestion(step.title, step.url, step.minutes, step.domain_number, step.reason, step.language)
        for step in [step for step in path if step.competency not in standing.praised][:FIRST]
    ]


def register() -> None:
    """Tell the sitting."""
    assessments.register_suggestions(suggest)


def _steps(standing: Standing | None, audience: str, language: str, done: Collection[str]) -> list[PathStep]:
    offered = {module.key: module for module in selectors.modules() if _is_for(module, audience, done)}
    known = rules(audience)
    candidates = [
        Candidate(module.key, module.competencies, module.level, module.minutes) for module in offered.values()
    ]
    path = ordered(candidates, standing.scores if standing else {}, known)
    if standing is None or not standing.tells_domains_apart:
        path = spread(path)
    framework = competencies.current_framework()
    is_plain = audience == CITIZEN and language == "fr"
    aim = _aim(framework, known, language, is_plain=audience == CITIZEN)
    guide = Guide(standing, aim, language, _titles(framework, language, is_plain=is_plain))
    before = [{one.competency for one in path[:place]} for place in range(len(path))]
    return [
        _step(offered[placed.key], placed, guide, is_again=placed.competency in met)
        for placed, met in zip(path, before, strict=True)
    ]


def _is_for(module: Module, audience: str, done: Collection[str]) -> bool:
    return audience in module.audiences and bool(module.competencies) and module.key not in done


def _titles(framework: FrameworkTree, language: str, *, is_plain: bool) -> dict[str, tuple[str, int]]:
    """Return the title of each competency, and the number of its domain."""
    plain = competencies.plain_titles() if is_plain else {}
    return {
        part.code: (plain.get(part.code) or part.title(language), domain.number)
        for domain in framework.domains
        for part in domain.competencies
    }


def _aim(framework: FrameworkTree, known: Rules, language: str, *, is_plain: bool) -> Aim:
    """Return how far an audience is led, and the levels on the way."""
    return Aim(known.target, [Rung(level.cut_score, level.title(language)) for level in framework.levels], is_plain)


def _step(module: Module, placed: Placed, guide: Guide, *, is_again: bool) -> PathStep:
    spoken = guide.language if guide.language in module.languages else "fr"
    title, number = guide.titles.get(placed.competency, (placed.competency, 1))
    subject = Subject(placed.competency, title, is_again)
    return PathStep(
        module=module,
        title=module.title(spoken),
        url=selectors.page_url(module.key, spoken),
        minutes=module.minutes,
        level=module.level,
        competency=placed.competency,
        competency_title=title,
        domain_number=number,
        reason=reason(guide.standing, subject, guide.aim, level=module.level, minutes=module.minutes),
        language=spoken,
        gain=placed.gain,
    )
