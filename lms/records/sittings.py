"""The facts of an attempt, read from its rows: told again, they are the same."""

from typing import Any

from tincan import Activity

from competencies import api as competencies
from competencies.types import CompetencyEntry
from lms.assessments.api import Attempt, Response
from lms.learning import api as learning
from lms.learning.api import Module, PracticeResponse
from question_bank import api as bank
from question_bank.types import ItemContent

from . import activities, interactions, vocabulary
from .facts import Fact, mention, result, score, thing

FULL = 100
TOP = 1000  # of the scale of reported scores
SECRET = frozenset({"certification"})  # purposes whose keys are never told: their items serve again


def begun(attempt: Attempt) -> Fact:
    """Return that the attempt was begun."""
    return _fact(attempt, "initialized", activities.assessment(attempt), at=attempt.started_at)


def answered(attempt: Attempt, row: Response) -> Fact:
    """Return that an item of the attempt was answered."""
    content = bank.item_content(row.item_version_id)
    release = bank.release(attempt.bank_release_id)
    entry = release.entries[release.index_of_version[row.item_version_id]]
    return _fact(
        attempt,
        "answered",
        activities.item(content, attempt.item_wording, with_key=attempt.purpose not in SECRET),
        suffix=str(row.position),
        at=row.answered_at,
        result=answer_result(
            content, row.answer, points=row.score, seconds=(row.answered_at - row.served_at).total_seconds()
        ),
        parent=[mention(vocabulary.page("evaluation", attempt.assessment.key), vocabulary.ASSESSMENT)],
        grouping=[activities.competency(entry.competency), *around(attempt)],
    )


def practised(row: PracticeResponse) -> Fact:
    """Return that an item was answered outside any attempt, in a module or in a review."""
    content = bank.item_content(row.item_version_id)
    return Fact(
        key=f"practice/{row.uuid}/answered",
        verb="answered",
        activity=activities.item(content, "fr", with_key=True),
        at=row.answered_at,
        result=answer_result(content, row.answer, points=row.score),
        parent=[mention(vocabulary.page("parcours", row.module), vocabulary.MODULE)] if row.module else [],
    )


def ended(attempt: Attempt) -> list[Fact]:
    """Return that the attempt ended, with what it established; nothing while it is open.

    Only a check has a mark: nothing else is passed or failed.
    """
    if attempt.finished_at is None:
        return []
    rows = list(attempt.results.all())
    overall = next(row for row in rows if row.scope == row.Scope.OVERALL)
    module = checked_module(attempt)
    return [
        _completed(attempt, overall),
        *([_judged(attempt, module)] if module else []),
        *_achieved(attempt, rows),
    ]


def whole(attempt: Attempt) -> list[Fact]:
    """Return everything that an attempt tells, in order: for one that has just got an owner."""
    answers = [answered(attempt, row) for row in attempt.responses.order_by("position")]
    return [begun(attempt), *answers, *ended(attempt)]


def _fact(attempt: Attempt, verb: str, activity: Activity, *, suffix: str = "", **more: Any) -> Fact:
    key = f"attempt/{attempt.uuid}/{verb}" + (f"/{suffix}" if suffix else "")
    return Fact(key=key, verb=verb, activity=activity, registration=attempt.uuid, language=attempt.locale[:2], **more)


def answer_result(content: ItemContent, kept: dict[str, Any], *, points: float, seconds: float | None = None) -> Any:
    """Return what an answer was worth; “I do not know” has no response, and says so."""
    answer = bank.stored_answer(kept)
    said = {"unknown": True} if answer.is_unknown else {"unit": answer.unit} if answer.unit else {}
    given = interactions.response(content, answer)
    return result(
        success=points == content.top_score,
        score=score(points, content.top_score),
        seconds=seconds,
        extensions={vocabulary.extension(name): value for name, value in said.items()},
        **({"response": given} if given else {}),
    )


def _completed(attempt: Attempt, overall: Any) -> Fact:
    assert attempt.finished_at is not None
    measured = result(
        completion=attempt.state == Attempt.State.FINISHED,
        score=score(overall.score, TOP),
        seconds=(attempt.finished_at - attempt.started_at).total_seconds(),
        extensions=_interval(overall) | {vocabulary.extension("stop-reason"): attempt.stop_reason},
    )
    return _fact(
        attempt,
        "completed",
        activities.assessment(attempt),
        at=attempt.finished_at,
        result=measured,
        grouping=around(attempt),
    )


def _judged(attempt: Attempt, module: Module) -> Fact:
    """Return whether a check reached the mark of its module, in points: every answer counts alike."""
    assert attempt.finished_at is not None
    answers = attempt.responses.order_by("position").values_list("score", "item_version_id")
    points = sum(points for points, _ in answers)
    top = sum(bank.item_content(version_id).top_score for _, version_id in answers) or 1
    has_passed = FULL * points >= module.mark * top
    made = result(
        success=has_passed,
        score=score(points, top),
        seconds=(attempt.finished_at - attempt.started_at).total_seconds(),
        extensions={vocabulary.extension("mark"): module.mark},
    )
    return _fact(
        attempt,
        "passed" if has_passed else "failed",
        activities.named(module, vocabulary.MODULE),
        at=attempt.finished_at,
        result=made,
        parent=[mention(vocabulary.page("evaluation", attempt.assessment.key), vocabulary.ASSESSMENT)],
    )


def _achieved(attempt: Attempt, rows: list[Any]) -> list[Fact]:
    """Return the competencies established for sure: their whole interval is above the first level."""
    framework = competencies.framework(attempt.framework_id)
    sure = framework.levels[1].cut_score if len(framework.levels) > 1 else 0
    entries = {entry.code: entry for entry in framework.competencies}
    kept = [row for row in rows if row.scope == row.Scope.COMPETENCY and row.low >= sure]
    return [_achieved_one(attempt, row, entries[row.code]) for row in kept if row.code in entries]


def _achieved_one(attempt: Attempt, row: Any, entry: CompetencyEntry) -> Fact:
    assert attempt.finished_at is not None
    names = {language: entry.title(language) for language in ("fr", "en")}
    return _fact(
        attempt,
        "achieved",
        thing(vocabulary.activity("competency", row.code), vocabulary.COMPETENCY, names),
        suffix=row.code,
        at=attempt.finished_at,
        result=result(score=score(row.score, TOP), extensions=_interval(row)),
        parent=[mention(vocabulary.page("evaluation", attempt.assessment.key), vocabulary.ASSESSMENT)],
    )


def _interval(row: Any) -> dict[str, Any]:
    """Return the level with the ends of its interval: a score never goes without them."""
    values = {"level": row.level, "low": row.low, "high": row.high}
    return {vocabulary.extension(name): value for name, value in values.items()}


def around(attempt: Attempt) -> list[Activity]:
    """Return the module that an attempt checks, if it checks one."""
    key = learning.module_of_check(attempt.context)
    return [mention(vocabulary.page("parcours", key), vocabulary.MODULE)] if key else []


def checked_module(attempt: Attempt) -> Module | None:
    """Return the module that an attempt checks, if it checks one."""
    key = learning.module_of_check(attempt.context)
    return learning.module(key) if key else None
