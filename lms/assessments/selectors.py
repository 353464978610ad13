"""Reading attempts. An owned attempt opens for its owner only; an anonymous one for whoever has its address."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Count, Q, QuerySet

from competencies import api as competencies
from kernel import actors, retention
from kernel.clock import database_now
from kernel.models import columns_of, row_from
from lms.accounts.api import told
from question_bank.types import Gesture

from .errors import AssessmentUnknown, AttemptUnknown
from .models import Assessment, Attempt, CompetencyResult, ItemAction, Response
from .models.offer import Purpose

Row = TypeVar("Row")
SEEN_LATELY = timedelta(days=180)
PLACEMENTS = (Purpose.PLACEMENT, Purpose.SELF_ASSESSMENT)  # “Me situer”: a citizen’s is a self-assessment
ATTEMPT_WIDTH = len(Attempt._meta.local_concrete_fields)
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")  # an address of another shape is not looked up: PostgreSQL refuses some texts


def open_assessment(key: str, *, is_focused: bool = False) -> Assessment:
    """Return the assessment `key`. Raises AssessmentUnknown when there is none, or it is closed.

    `is_focused`: those that a module begins, about what it taught; nobody else can.
    """
    offers = Assessment.objects.select_related("blueprint").filter(is_open=True, is_focused=is_focused)
    assessment = offers.filter(key=key).first()
    if assessment is None:
        raise AssessmentUnknown
    return assessment


def anonymous_lifetime() -> timedelta:
    """Return how long an anonymous attempt is kept: the retention table says."""
    return timedelta(days=retention.days("anonymous_attempts"))


def open_assessments() -> QuerySet[Assessment]:
    """Return what anyone can take now."""
    return Assessment.objects.filter(is_open=True, is_focused=False).order_by("pk")


def attempt(*, token: str, viewer_id: int | None) -> Attempt:
    """Return the attempt at `token` if `viewer_id` may see it. Raises AttemptUnknown."""
    return _visible(_at(token), viewer_id)


def lock_attempt(*, token: str, viewer_id: int | None, received_at: datetime | None = None) -> tuple[Attempt, datetime]:
    """Return the attempt at `token`, locked until the transaction ends, and the time before any wait.

    That is `received_at`, else the time at which the database received the question. Raises AttemptUnknown.
    """
    found = _visible(_at(token, is_locked=True), viewer_id)
    return found, received_at or found.received_at or database_now()


def _at(token: str, *, is_locked: bool = False) -> Attempt | None:
    """Return the attempt with its assessment, by one statement whose text is composed once.

    The ORM would compose these forty columns again each time, for twice what the rest of the reading costs.
    """
    if not TOKEN.fullmatch(token):
        return None
    with connection.cursor() as cursor:
        cursor.execute(_statement(is_locked), [token])
        values = cursor.fetchone()
    if values is None:
        return None
    found = row_from(Attempt, values[:ATTEMPT_WIDTH])
    found.assessment = row_from(Assessment, values[ATTEMPT_WIDTH:-1])
    found.received_at = values[-1]
    return found


@cache
def _statement(is_locked: bool) -> str:
    attempt, offer = columns_of(Attempt, "attempt"), columns_of(Assessment, "offer")
    received_at = "statement_timestamp()" if connection.vendor == "postgresql" else "NULL"
    # Its key does not change: whoever only names the attempt (a foreign key being checked) need not wait.
    lock = "FOR NO KEY UPDATE OF attempt" if is_locked and connection.features.has_select_for_no_key_update else ""
    tables = "assessments_attempt AS attempt JOIN assessments_assessment AS offer ON offer.id = attempt.assessment_id"
    return f"SELECT {attempt}, {offer}, {received_at} FROM {tables} WHERE attempt.token = %s {lock}"  # noqa: S608 - no value in it


def _visible(found: Attempt | None, viewer_id: int | None) -> Attempt:
    if found is None or (found.owner_id is not None and found.owner_id != viewer_id):
        raise AttemptUnknown
    return found


@actors.as_worker()
def belongs_to_someone(token: str) -> bool:
    """Say whether there is an attempt at `token` that has an owner."""
    return bool(TOKEN.fullmatch(token)) and Attempt.objects.filter(token=token, owner__isnull=False).exists()


def response_by_key(attempt: Attempt, key: str) -> Response | None:
    """Return the answer that was acknowledged under `key`, if there is one."""
    return Response.objects.filter(attempt=attempt, key=key).first()


def is_key_known(token: str, key: str) -> bool:
    """Say whether an answer of the attempt at `token` was acknowledged under `key`."""
    return Response.objects.filter(attempt__token=token, key=key).exists()


def responses(attempt: Attempt) -> list[Response]:
    """Return the answers of `attempt` in order; those of a finished one no longer change, and are read once."""
    return _kept(attempt, "responses", lambda: Response.objects.filter(attempt=attempt).order_by("position"))


def results(attempt: Attempt) -> list[CompetencyResult]:
    """Return the measures of `attempt`: overall, domains, competencies. They are read once."""
    return _kept(attempt, "results", lambda: CompetencyResult.objects.filter(attempt=attempt).order_by("pk"))


def _kept(attempt: Attempt, name: str, rows: Callable[[], Iterable[Row]]) -> list[Row]:
    if attempt.is_open:
        return list(rows())
    kept: dict[str, list[Row]] = attempt.__dict__.setdefault("_kept", {})
    if name not in kept:
        kept[name] = list(rows())
    return kept[name]


def answers_by_competency(owner_id: int, framework_id: int, until: datetime | None) -> Counter[str]:
    """Count the answers of the attempts that a person had finished at `until`, in this framework: one query."""
    done = Response.objects.filter(attempt__owner_id=owner_id, attempt__framework_id=framework_id)
    done = done.filter(attempt__state=Attempt.State.FINISHED, attempt__finished_at__lte=until).order_by()
    return Counter(dict(done.values_list("item_version__item__competency").annotate(Count("pk"))))


def responses_by_attempt(attempts: Sequence[Attempt]) -> dict[int, list[Response]]:
    """Return the answers of several attempts in order, by the attempt's key: one query."""
    found: dict[int, list[Response]] = {}
    for response in Response.objects.filter(attempt__in=attempts).order_by("attempt", "position"):
        found.setdefault(response.attempt_id, []).append(response)
    return found


def gestures(attempt: Attempt, position: int) -> list[Gesture]:
    """Return the gestures made at `position` of `attempt`, in order."""
    rows = ItemAction.objects.filter(attempt=attempt, position=position).order_by("step")
    return [Gesture.from_json(action) for action in rows.values_list("action", flat=True)]


def scores(attempt: Attempt) -> list[float]:
    """Return the scores of the answers of `attempt`, in order."""
    return list(Response.objects.filter(attempt=attempt).order_by("position").values_list("score", flat=True))


def items_seen(*, owner_id: int | None, since: datetime) -> frozenset[int]:
    """Return the items that `owner_id` met since then."""
    if owner_id is None:
        return frozenset()
    rows = Response.objects.filter(attempt__owner_id=owner_id, answered_at__gte=since).order_by()
    return frozenset(rows.values_list("item_version__item_id", flat=True))


def attempts_of(owner_id: int) -> QuerySet[Attempt]:
    """Return the attempts of a person, the latest first."""
    return Attempt.objects.filter(owner_id=owner_id).select_related("assessment").order_by("-started_at", "-pk")


def last_measure(owner_id: int | None, framework_id: int, before: datetime | None = None) -> Attempt | None:
    """Return the last attempt that a person finished (before then) and that says most of them, in this framework.

    A placement, a self-assessment, or a check that started from one; else whatever they finished last.
    """
    if owner_id is None:
        return None
    done = attempts_of(owner_id).filter(state=Attempt.State.FINISHED, framework_id=framework_id)
    done = done.filter(finished_at__lt=before) if before else done
    latest = done.order_by("-finished_at", "-pk")
    whole = Q(purpose__in=PLACEMENTS) | Q(prior__isnull=False)
    return latest.filter(whole).first() or latest.first()


def last_audience(owner_id: int) -> str:
    """Return whom the last assessment that a person began was for; nothing before the first. Checks do not count."""
    chosen = Attempt.objects.filter(owner_id=owner_id, assessment__is_focused=False).order_by("-started_at", "-pk")
    return chosen.values_list("assessment__audience", flat=True).first() or ""


def keys_shown(*, owner_id: int | None, context: str) -> set[str]:
    """Return the keys of the items that a person met in earlier attempts that were part of `context`."""
    if owner_id is None:
        return set()
    met = Response.objects.filter(attempt__owner_id=owner_id, attempt__context=context).order_by("pk")
    return set(met.values_list("item_version__item__key", flat=True))


def under_way(*, owner_id: int | None, context: str) -> Attempt | None:
    """Return the attempt that a person has open as part of `context`; nothing of somebody without an account."""
    if owner_id is None:
        return None
    return attempts_of(owner_id).filter(state=Attempt.State.OPEN, context=context).first()


def left_open(*, owner_id: int | None, assessment: Assessment, now: datetime) -> Attempt | None:
    """Return the last attempt at `assessment` that a person may still go on with; nothing of who has no account."""
    if owner_id is None:
        return None
    begun = attempts_of(owner_id).filter(assessment=assessment, state=Attempt.State.OPEN)
    return begun.exclude(deadline_at__lt=now).first()


def previous_finished(attempt: Attempt) -> Attempt | None:
    """Return what the result of an attempt is compared with: the last one of the same kind that its owner finished
    before it, in the same framework; None when there is none, or nobody owns it.

    A placement (or self-assessment, whatever the audience) with a placement, a training of the whole with a training
    of the whole: their lengths are alike, so are their intervals. A check with what it started from.
    """
    if attempt.owner_id is None or attempt.finished_at is None:
        return None
    if attempt.is_check:
        return last_measure(attempt.owner_id, attempt.framework_id, attempt.started_at)
    kind = PLACEMENTS if attempt.purpose in PLACEMENTS else (attempt.purpose,)
    earlier = attempts_of(attempt.owner_id).filter(state=Attempt.State.FINISHED, framework_id=attempt.framework_id)
    earlier = earlier.filter(purpose__in=kind, focus__isnull=True, finished_at__lt=attempt.finished_at)
    return earlier.exclude(pk=attempt.pk).order_by("-finished_at", "-pk").first()


def personal_data(owner_id: int) -> list[dict[str, Any]]:
    """Return everything kept of the attempts of a person."""
    return [
        {
            "assessment": attempt.assessment.key,
            **told(attempt),
            "framework": competencies.framework(attempt.framework_id).version,
            "responses": [told(row) for row in attempt.responses.all()],
            "actions": [told(row) for row in attempt.actions.all()],
            "results": [told(row) for row in attempt.results.all()],
        }
        for attempt in attempts_of(owner_id).prefetch_related("responses", "actions", "results")
    ]
