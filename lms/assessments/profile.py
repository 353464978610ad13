"""The picture an attempt gives, in words and numbers, from its rows; the same for the page, the PDF and the API."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from competencies.types import FrameworkTree, LevelEntry, Titled
from question_bank import api as bank
from question_bank.types import Answer, ReleaseEntry

from . import delivery, selectors
from .errors import AttemptNotFinished
from .models import Attempt, CompetencyResult, Response

STEPS = 3
STRENGTHS = 3


@dataclass(frozen=True)
class Line:
    """A score with its interval (0 to 1000) and its level."""

    code: str
    title: str
    domain_number: int
    score: int
    low: int
    high: int
    level: str
    level_key: str

    @property
    def number(self) -> int:
        """Return the domain's number, from 1."""
        return self.domain_number

    @property
    def key(self) -> str:
        """Return the code."""
        return self.code


@dataclass(frozen=True)
class NextStep:
    """A competency to work on first, and why."""

    code: str
    title: str
    domain_number: int
    domain_title: str
    reason: str


@dataclass(frozen=True)
class Profile:
    """Everything the profile page says."""

    headline: str
    summary: str
    overall: Line
    level_text: str
    answered: int
    stop_reason: str
    stop_reason_text: str
    domains: list[Line]
    competencies: list[Line]
    strengths: list[Line]
    steps: list[NextStep]
    levels: list[dict[str, Any]]
    trajectory: list[dict[str, int]]
    is_provisional: bool
    framework_note: str
    framework_version: str
    date: datetime
    is_anonymous: bool
    erase_date: datetime | None


def profile(attempt: Attempt) -> Profile:
    """Return the profile of a finished attempt, in the active language. Raises AttemptNotFinished."""
    if attempt.is_open or attempt.finished_at is None:
        raise AttemptNotFinished
    framework, language = delivery.setting(attempt).framework, get_language() or "fr"
    responses = selectors.responses(attempt)
    lines = _lines(attempt, framework, language)
    overall, domains, competencies = lines[0], _at_depth(lines, 1), _at_depth(lines, 2)
    return Profile(
        headline=_headline(framework, overall),
        summary=_summary(domains),
        overall=overall,
        level_text=_level(framework, overall.level_key).text(language),
        answered=len(responses),
        stop_reason=attempt.stop_reason,
        stop_reason_text=stop_reason_text(attempt.stop_reason),
        domains=domains,
        competencies=competencies,
        strengths=_strengths(attempt, competencies, responses),
        steps=_steps(attempt, competencies, responses, framework, language),
        levels=levels(framework, language),
        trajectory=_trajectory(attempt, responses),
        is_provisional=any(entry.state != "calibrated" for entry in _entries(attempt)),
        framework_note=framework.notice(language),
        framework_version=framework.version,
        date=attempt.finished_at,
        is_anonymous=attempt.is_anonymous,
        erase_date=attempt.erase_after,
    )


def as_json(attempt: Attempt) -> dict[str, Any]:
    """Return the profile as programs read it (`GET /api/v1/attempts/{token}/result`)."""
    whole = profile(attempt)
    return {
        "answered": whole.answered,
        "stop_reason": whole.stop_reason,
        "overall": _numbers(whole.overall),
        "domains": [{"key": line.code, "title": line.title, **_numbers(line)} for line in whole.domains],
        "competencies": [{"key": line.code, "title": line.title, **_numbers(line)} for line in whole.competencies],
        "next_steps": [asdict(step) for step in whole.steps],
        "is_provisional": whole.is_provisional,
        "framework": {"version": whole.framework_version, "note": whole.framework_note},
        "finished_at": whole.date.isoformat(),
    }


def levels(framework: FrameworkTree, language: str) -> list[dict[str, Any]]:
    """Return the proficiency levels with where each begins and ends on the scale."""
    ends = [level.cut_score for level in framework.levels[1:]] + [1000]
    return [
        {"title": level.title(language), "low": level.cut_score, "high": end, "text": level.text(language)}
        for level, end in zip(framework.levels, ends, strict=True)
    ]


def stop_reason_text(reason: str) -> str:
    """Say why an attempt ended."""
    return {
        "precision_reached": _("L’évaluation s’est arrêtée dès que la mesure a été assez précise."),
        "precision_unreachable": _(
            "L’évaluation s’est arrêtée : d’autres situations n’auraient plus précisé la mesure."
        ),
        "maximum_length": _("L’évaluation est allée jusqu’au nombre de situations prévu."),
        "pool_exhausted": _("L’évaluation s’est arrêtée faute d’autres situations à proposer."),
        "out_of_time": _("Le temps prévu est écoulé ; vos réponses données jusque-là comptent."),
    }.get(reason, "")


def _numbers(line: Line) -> dict[str, Any]:
    return {"score": line.score, "low": line.low, "high": line.high, "level": line.level}


def _at_depth(lines: list[Line], depth: int) -> list[Line]:
    return [line for line in lines[1:] if len(line.code.split(".")) == depth]


def _lines(attempt: Attempt, framework: FrameworkTree, language: str) -> list[Line]:
    parts = _parts(framework)
    rows = CompetencyResult.objects.filter(attempt=attempt).order_by("pk")
    return [_line(row, parts, framework, language) for row in rows]


def _parts(framework: FrameworkTree) -> dict[str, tuple[Titled, int]]:
    parts: dict[str, tuple[Titled, int]] = {}
    for domain in framework.domains:
        parts[domain.code] = (domain, domain.number)
        parts.update({part.code: (part, domain.number) for part in domain.competencies})
    return parts


def _line(row: CompetencyResult, parts: dict[str, tuple[Titled, int]], framework: FrameworkTree, language: str) -> Line:
    part, number = parts.get(row.code, (None, 0))
    title = part.title(language) if part else _("Ensemble")
    level = _level(framework, row.level)
    return Line(row.code, title, number, row.score, row.low, row.high, level.title(language), level.code)


def _level(framework: FrameworkTree, key: str) -> LevelEntry:
    return next(level for level in framework.levels if level.code == key)


def _headline(framework: FrameworkTree, overall: Line) -> str:
    rank = [level.code for level in framework.levels].index(overall.level_key)
    sentences = [
        _("Vous posez les premières pierres."),
        _("Vous avez de solides bases."),
        _("Vous êtes à l’aise."),
        _("Vous maîtrisez le sujet."),
    ]
    return sentences[min(rank, len(sentences) - 1)]


def _summary(domains: list[Line]) -> str:
    best, least = max(domains, key=lambda one: one.score), min(domains, key=lambda one: one.score)
    if best.low <= least.high:  # the intervals meet: no domain is surely above another
        return _("Vos cinq domaines se tiennent. « %(least)s » est le terrain où vous pouvez le plus progresser.") % {
            "least": least.title
        }
    return _("Votre point fort : « %(best)s ». « %(least)s » est le terrain où vous progresserez le plus vite.") % {
        "best": best.title,
        "least": least.title,
    }


def _entries(attempt: Attempt) -> list[ReleaseEntry]:
    return [delivery.entry_at(attempt, position) for position in range(1, len(attempt.selection_log) + 1)]


def _met(attempt: Attempt, responses: list[Response]) -> dict[str, list[bool]]:
    """Return, by competency, whether each answer was right."""
    met: dict[str, list[bool]] = {}
    for response in responses:
        competency = delivery.entry_at(attempt, response.position).competency
        met.setdefault(competency, []).append(response.is_correct)
    return met


def _strengths(attempt: Attempt, lines: list[Line], responses: list[Response]) -> list[Line]:
    """Return the competencies met and always answered right, the highest first."""
    met = _met(attempt, responses)
    sure = [line for line in lines if met.get(line.code) and all(met[line.code])]
    return sorted(sure, key=lambda line: -line.score)[:STRENGTHS]


def _steps(
    attempt: Attempt, lines: list[Line], responses: list[Response], framework: FrameworkTree, language: str
) -> list[NextStep]:
    """Return the competencies to work on first: the lowest, those where an answer was missed before those never met."""
    met = _met(attempt, responses)
    missed = {code: answers for code, answers in met.items() if not all(answers)}
    ordered = sorted(lines, key=lambda line: (line.code not in missed, line.score))
    titles = {domain.number: domain.title(language) for domain in framework.domains}
    chosen = _spread(ordered)
    return [
        NextStep(line.code, line.title, line.domain_number, titles[line.domain_number], _reason(met.get(line.code, [])))
        for line in chosen
    ]


def _spread(lines: list[Line]) -> list[Line]:
    """Return the first STEPS lines with at most two of one domain: three steps that open more than one door."""
    kept: list[Line] = []
    for line in lines:
        if len(kept) < STEPS and sum(one.domain_number == line.domain_number for one in kept) < 2:
            kept.append(line)
    return kept


def _reason(answers: list[bool]) -> str:
    if not answers:
        return _("Pas rencontrée cette fois : votre niveau ici se déduit du reste.")
    right = sum(answers)
    if right == len(answers):
        return _("Bien répondu cette fois : une situation plus difficile dira jusqu’où vous allez.")
    if not right:
        return ngettext(
            "La situation rencontrée appelait une autre réponse.",
            "Les %(all)d situations rencontrées appelaient d’autres réponses.",
            len(answers),
        ) % {"all": len(answers)}
    return ngettext(
        "%(right)d réponse attendue sur %(all)d situations.",
        "%(right)d réponses attendues sur %(all)d situations.",
        right,
    ) % {"right": right, "all": len(answers)}


def _trajectory(attempt: Attempt, responses: list[Response]) -> list[dict[str, int]]:
    points = delivery.trajectory(attempt, [response.score for response in responses])
    return [{"position": n, "score": m.score, "low": m.low, "high": m.high} for n, m in enumerate(points, start=1)]


def explanations(attempt: Attempt, responses: list[Response]) -> list[dict[str, Any]]:
    """Return, for each answer, what was asked, what was answered, what was right and why."""
    return [_explanation(attempt, response) for response in responses]


def _explanation(attempt: Attempt, response: Response) -> dict[str, Any]:
    content = bank.item_content(response.item_version_id)
    answer = Answer.from_json(response.answer)
    item = bank.present(content, attempt.locale, delivery.mask(attempt))
    told = bank.explain(content, answer, attempt.locale)
    return {**told, "position": response.position, "title": item["title"], "question": item["question"], "item": item}
