"""The picture an attempt gives, in words and numbers, from its rows; the same for the page, the PDF and the API."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from competencies import api as competencies
from competencies.types import FrameworkTree, LevelEntry, Titled
from question_bank import api as bank
from question_bank.types import Answer, ReleaseEntry

from . import contributions, delivery, selectors, wording
from .audiences import TRAININGS
from .errors import AttemptNotFinished
from .models import Attempt, CompetencyResult, Response, Wording
from .models.offer import Audience
from .standing import answers_met, are_apart, praised, standing, strengths, well_answered
from .types import Suggestion

STEPS = 3


@dataclass(frozen=True)
class Line:
    """A score with its interval (0 to 1000) and its level; `official`: its title in the framework."""

    code: str
    title: str
    official: str
    domain_number: int
    score: int
    low: int
    high: int
    level: str
    level_key: str
    level_range: str
    is_met: bool = True  # of a competency: a situation was about it

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
    well_answered: list[Line]
    steps: list[NextStep]
    levels: list[dict[str, Any]]
    trajectory: list[dict[str, int]]
    is_provisional: bool
    framework_note: str
    framework_version: str
    date: datetime
    training: str
    is_anonymous: bool
    erase_date: datetime | None
    is_plain: bool

    @property
    def has_unmet(self) -> bool:
        """Say whether no situation was about one of its competencies."""
        return not all(line.is_met for line in self.competencies)


def profile(attempt: Attempt) -> Profile:
    """Return the profile of a finished attempt, in the active language. Raises AttemptNotFinished."""
    if attempt.is_open or attempt.finished_at is None:
        raise AttemptNotFinished
    framework, language = delivery.setting(attempt).framework, get_language() or "fr"
    responses = selectors.responses(attempt)
    lines = _lines(attempt, framework, language)
    asked = standing(attempt).asked
    overall, domains = lines[0], _at_depth(lines, 1)
    parts = [replace(line, is_met=line.code in asked) for line in _at_depth(lines, 2)]
    by_code = {line.code: line for line in parts}
    return Profile(
        headline=_headline(framework, overall),
        summary=_summary(domains, in_plain=is_plain(attempt)),
        overall=overall,
        level_text=_level(framework, overall.level_key).text(language),
        answered=len(responses),
        stop_reason=attempt.stop_reason,
        stop_reason_text="" if is_plain(attempt) else _why_it_stopped(attempt, overall),
        domains=domains,
        competencies=parts,
        strengths=[by_code[code] for code in strengths(attempt)],
        well_answered=[by_code[code] for code in well_answered(attempt)],
        steps=_steps(attempt, lines, framework, language),
        levels=levels(framework, language),
        trajectory=_trajectory(attempt, responses, overall),
        is_provisional=any(entry.state != "calibrated" for entry in _entries(attempt)),
        framework_note=framework.notice(language),
        framework_version=framework.version,
        date=attempt.finished_at,
        training=TRAININGS.get(attempt.assessment.audience, "training"),
        is_anonymous=attempt.is_anonymous,
        erase_date=attempt.erase_after,
        is_plain=is_plain(attempt),
    )


@dataclass(frozen=True)
class Before:
    """What a profile is compared with: another attempt's overall and domains; `when`: its date, as the page says it."""

    date: datetime
    when: str
    overall: Line
    domains: list[Line]


def previous(attempt: Attempt) -> Before | None:
    """Return what the result of an attempt is compared with, on its page, in its PDF and in its data."""
    earlier = selectors.previous_finished(attempt)
    if earlier is None or earlier.finished_at is None or attempt.finished_at is None:
        return None
    lines = _lines(earlier, delivery.setting(earlier).framework, get_language() or "fr")
    when = wording.when(earlier.finished_at, beside=attempt.finished_at)
    return Before(earlier.finished_at, when, lines[0], _at_depth(lines, 1))


def modules(attempt: Attempt) -> list[Suggestion]:
    """Return what a higher room suggests to do next, in the active language: for the page, its PDF and its data."""
    return contributions.suggestions(standing(attempt), get_language() or "fr")


def as_json(attempt: Attempt) -> dict[str, Any]:
    """Return the profile as programs read it (`GET /api/v1/attempts/{token}/result`)."""
    whole = profile(attempt)
    return {
        "answered": whole.answered,
        "stop_reason": whole.stop_reason,
        "overall": _numbers(whole.overall),
        "domains": _as_parts(whole.domains),
        "competencies": [
            {"key": line.code, "title": line.official, "is_met": line.is_met, **_numbers(line)}
            for line in whole.competencies
        ],
        "next_steps": [asdict(step) for step in whole.steps],
        "modules": [asdict(one) for one in modules(attempt)[:STEPS]],
        "is_provisional": whole.is_provisional,
        "framework": {"version": whole.framework_version, "note": whole.framework_note},
        "previous": _before_as_json(previous(attempt)),
        "finished_at": whole.date.isoformat(),
    }


def _before_as_json(earlier: Before | None) -> dict[str, Any] | None:
    if earlier is None:
        return None
    return {
        "finished_at": earlier.date.isoformat(),
        "overall": _numbers(earlier.overall),
        "domains": _as_parts(earlier.domains),
    }


def _as_parts(lines: list[Line]) -> list[dict[str, Any]]:
    return [{"key": line.code, "title": line.official, **_numbers(line)} for line in lines]


def levels(framework: FrameworkTree, language: str) -> list[dict[str, Any]]:
    """Return the proficiency levels with where each begins and ends on the scale."""
    ends = [level.cut_score for level in framework.levels[1:]] + [1000]
    return [
        {"title": level.title(language), "low": level.cut_score, "high": end, "text": level.text(language)}
        for level, end in zip(framework.levels, ends, strict=True)
    ]


def _numbers(line: Line) -> dict[str, Any]:
    return {"score": line.score, "low": line.low, "high": line.high, "level": line.level}


def _at_depth(lines: list[Line], depth: int) -> list[Line]:
    return [line for line in lines[1:] if len(line.code.split(".")) == depth]


def _lines(attempt: Attempt, framework: FrameworkTree, language: str) -> list[Line]:
    parts = _parts(framework)
    plain = _plain_titles(attempt, language)
    lines = [_line(row, parts, framework, language) for row in selectors.results(attempt)]
    return [replace(line, title=plain.get(line.code, line.title)) for line in lines]


def _plain_titles(attempt: Attempt, language: str) -> dict[str, str]:
    """Return the titles in plain French, by code, for citizens and whoever asked for it; none in another language.

    A citizen’s next modules are said so too: one page, one name for each thing.
    """
    is_for = is_plain(attempt) or attempt.assessment.audience == Audience.CITIZEN
    return competencies.plain_titles() if is_for and language == "fr" else {}


def is_plain(attempt: Attempt) -> bool:
    """Say whether the person asked for plain French: the page of the result speaks it too."""
    return attempt.item_wording == Wording.PLAIN


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
    ends = [level_at(framework, score).title(language) for score in (row.low, row.high)]
    words = wording.level_range(ends[0], level.title(language), ends[1])
    return Line(row.code, title, title, number, row.score, row.low, row.high, level.title(language), level.code, words)


def level_at(framework: FrameworkTree, score: int) -> LevelEntry:
    """Return the level of a score."""
    return [level for level in framework.levels if level.cut_score <= score][-1]


def _headline(framework: FrameworkTree, overall: Line) -> str:
    codes = [level.code for level in framework.levels]
    low, high = (codes.index(level_at(framework, score).code) for score in (overall.low, overall.high))
    return wording.headline(codes.index(overall.level_key), high - low + 1)


def _why_it_stopped(attempt: Attempt, overall: Line) -> str:
    """Say the reason with the margin that is drawn: the wider side, since an end of the scale cuts the other."""
    return wording.stop_reason(attempt.stop_reason, max(overall.high - overall.score, overall.score - overall.low))


def _summary(domains: list[Line], *, in_plain: bool) -> str:
    best, least = max(domains, key=lambda one: one.score), min(domains, key=lambda one: one.score)
    say = wording.plain_summary if in_plain else wording.summary
    return say(best.title, least.title, is_apart=are_apart(domains))


def _level(framework: FrameworkTree, key: str) -> LevelEntry:
    return next(level for level in framework.levels if level.code == key)


def _entries(attempt: Attempt) -> list[ReleaseEntry]:
    return [delivery.entry_at(attempt, position) for position in range(1, len(attempt.selection_log) + 1)]


def _steps(attempt: Attempt, lines: list[Line], framework: FrameworkTree, language: str) -> list[NextStep]:
    """Return the competencies to work on first: the lowest, those where an answer was missed before those never met.

    Never one that the same page lists among what went well. Two of one domain at most; one of each while domains
    cannot be told apart, as the modules of a path are.
    """
    met, good = answers_met(attempt), praised(attempt)
    parts = [line for line in _at_depth(lines, 2) if line.code not in good]
    missed = {code: answers for code, answers in met.items() if not all(answers)}
    ordered = sorted(parts, key=lambda line: (line.code not in missed, line.score))
    plain = _plain_titles(attempt, language)
    titles = {domain.number: plain.get(domain.code, domain.title(language)) for domain in framework.domains}
    chosen = _spread(ordered, 2 if are_apart(_at_depth(lines, 1)) else 1)
    return [
        NextStep(
            line.code,
            line.title,
            line.domain_number,
            titles[line.domain_number],
            wording.step_reason(met.get(line.code, [])),
        )
        for line in chosen
    ]


def _spread(lines: list[Line], most: int) -> list[Line]:
    """Return the first STEPS lines with at most `most` of one domain: three steps that open more than one door."""
    kept: list[Line] = []
    for line in lines:
        if len(kept) < STEPS and sum(one.domain_number == line.domain_number for one in kept) < most:
            kept.append(line)
    return kept


def _trajectory(attempt: Attempt, responses: list[Response], overall: Line) -> list[dict[str, int]]:
    """Return the estimate after each answer that counted; the last is the one reported, refined over all of them."""
    measures = delivery.trajectory(attempt, [response.score for response in responses])
    points = [{"position": n, "score": m.score, "low": m.low, "high": m.high} for n, m in enumerate(measures, start=1)]
    return [*points[:-1], {"position": len(points), "score": overall.score, "low": overall.low, "high": overall.high}]


def explanations(attempt: Attempt, responses: list[Response]) -> list[dict[str, Any]]:
    """Return, for each answer, what was asked, what was answered, what was right and why."""
    return [_explanation(attempt, response) for response in responses]


def _explanation(attempt: Attempt, response: Response) -> dict[str, Any]:
    content = bank.item_content(response.item_version_id)
    answer = Answer.from_json(response.answer)
    item = bank.present(content, attempt.item_wording, delivery.mask(attempt))
    told = bank.explain(content, answer, attempt.item_wording)
    return {**told, "position": response.position, "title": item["title"], "question": item["question"], "item": item}
