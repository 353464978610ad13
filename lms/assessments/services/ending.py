"""Ending an attempt: because the engine says so, or because its time is over."""

from datetime import datetime

from django.db import transaction

from kernel.events import publish
from kernel.models import insert_rows
from question_bank.adaptive import Measure, Report

from .. import delivery, selectors, standing, steps
from ..events import AttemptCompleted
from ..models import Attempt, CompetencyResult
from ..types import Step

Scope = CompetencyResult.Scope


@transaction.atomic(savepoint=False)
def finish_attempt(*, attempt: Attempt, reason: str, now: datetime) -> Step:
    """Close a locked attempt for `reason`, write its results and tell it."""
    attempt.state = Attempt.State.EXPIRED if reason == "out_of_time" else Attempt.State.FINISHED
    attempt.stop_reason, attempt.finished_at, attempt.remaining = reason, now, 0
    attempt.save(
        update_fields=["state", "stop_reason", "finished_at", "remaining", "ability", "selection_log", "pretest_log"]
    )
    scores = selectors.scores(attempt)
    insert_rows(*_results(attempt, delivery.measure(attempt, scores)))
    publish(_completed(attempt, scores, now))
    return steps.finished(attempt)


def _completed(attempt: Attempt, scores: list[float], now: datetime) -> AttemptCompleted:
    points, top = standing.points(attempt, scores) if attempt.context else (0, 0)
    return AttemptCompleted(
        aggregate=attempt.uuid,
        at=now,
        assessment=attempt.assessment.key,
        owner=attempt.owner_id,
        stop_reason=attempt.stop_reason,
        context=attempt.context,
        points=points,
        top=top,
        assignment=attempt.assignment_id,
    )


@transaction.atomic
def expire_attempt(*, token: str, viewer_id: int | None) -> bool:
    """Close the attempt at `token` if its time is over; say whether that was done."""
    attempt, now = selectors.lock_attempt(token=token, viewer_id=viewer_id)
    is_due = attempt.is_open and attempt.is_past_deadline(now)
    if is_due:
        finish_attempt(attempt=attempt, reason="out_of_time", now=now)
    return is_due


def _results(attempt: Attempt, report: Report) -> list[CompetencyResult]:
    framework = delivery.setting(attempt).framework
    levels = [level.code for level in framework.levels]
    rows = [(Scope.OVERALL, "", report.overall)]
    rows += [(Scope.DOMAIN, part.code, m) for part, m in zip(framework.domains, report.domains, strict=True)]
    rows += [
        (Scope.COMPETENCY, part.code, m) for part, m in zip(framework.competencies, report.competencies, strict=True)
    ]
    return [_result(attempt, scope, code, measure, levels) for scope, code, measure in rows]


def _result(attempt: Attempt, scope: str, code: str, measure: Measure, levels: list[str]) -> CompetencyResult:
    return CompetencyResult(
        attempt=attempt,
        scope=scope,
        code=code,
        theta=measure.theta,
        standard_error=measure.standard_error,
        score=measure.score,
        low=measure.low,
        high=measure.high,
        level=levels[measure.level],
    )
