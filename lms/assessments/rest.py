"""The sitting over HTTP for programs: the same services as the pages (/api/v1/, docs in openapi.json)."""

import hashlib
import json
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Header, Router, Schema
from pydantic import ConfigDict, Field

from kernel.refusals import error_body
from question_bank import api as bank
from question_bank.errors import InvalidAnswer

from . import profile, selectors, steps
from .errors import ItemAlreadyAnswered, KeyMissing
from .models import Attempt
from .services import start_attempt, submit_response
from .types import Step, Submission
from .views.visitor import viewer_id

router = Router(tags=["attempts"])


class Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class StartIn(Strict):
    assessment: str = Field(description="placement, training, citizen…", max_length=50)
    locale: Literal["fr", "en"] = "fr"


class AnswerIn(Strict):
    item: str = Field(description="the `id` of the item served", max_length=64)
    answer: dict[str, Any] = Field(
        description="{kind, value}: see docs/api.md", examples=[{"kind": "choice", "value": "…"}]
    )


class ProgressOut(Schema):
    position: int = Field(description="of the item on screen, from 1")
    remaining: int = Field(description="about how many more after it")
    maximum: int


class ItemOut(Schema):
    model_config = ConfigDict(extra="allow")
    id: str = Field(description="send it back with the answer")
    interaction: str
    answer_kind: str
    language: str
    title: str
    question: str


class ScoreOut(Schema):
    score: int = Field(ge=0, le=1000)
    low: int
    high: int
    level: str


class PartOut(ScoreOut):
    key: str
    title: str


class NextStepOut(Schema):
    code: str
    title: str
    domain_number: int
    domain_title: str
    reason: str


class FrameworkOut(Schema):
    version: str
    note: str


class ResultOut(Schema):
    answered: int
    stop_reason: str
    overall: ScoreOut
    domains: list[PartOut]
    competencies: list[PartOut]
    next_steps: list[NextStepOut]
    is_provisional: bool
    framework: FrameworkOut
    finished_at: str


class AttemptOut(Schema):
    attempt: str = Field(description="the attempt's address: who has it can answer")
    item: ItemOut | None = None
    result: ResultOut | None = None
    progress: ProgressOut


class ErrorDetail(Schema):
    code: str
    message: str
    field: str | None = None


class ErrorOut(Schema):
    error: ErrorDetail


class ConflictOut(ErrorOut):
    item: ItemOut | None = None
    result: ResultOut | None = None
    progress: ProgressOut | None = None


REFUSALS = {403: ErrorOut, 404: ErrorOut, 413: ErrorOut, 422: ErrorOut, 503: ErrorOut}


@router.post("", response={201: AttemptOut, 400: ErrorOut, **REFUSALS}, summary="Start an attempt", exclude_none=True)
def start(request: HttpRequest, body: StartIn) -> tuple[int, dict[str, Any]]:
    """Open an attempt of an assessment and serve its first item."""
    step = start_attempt(assessment=body.assessment, locale=body.locale, owner_id=viewer_id(request))
    return 201, as_body(step)


@router.get("/{token}", response={200: AttemptOut, 404: ErrorOut, 503: ErrorOut}, summary="Resume", exclude_none=True)
def resume(request: HttpRequest, token: str) -> dict[str, Any]:
    """Return the item on screen, or the result of a finished attempt."""
    return as_body(steps.current(_attempt(request, token)))


@router.get("/{token}/result", response={200: ResultOut, 404: ErrorOut, 409: ErrorOut, 503: ErrorOut}, summary="Result")
def result(request: HttpRequest, token: str) -> dict[str, Any]:
    """Return the profile of a finished attempt."""
    return profile.as_json(_attempt(request, token))


@router.post(
    "/{token}/responses",
    response={200: AttemptOut, 201: AttemptOut, 400: ErrorOut, 409: ConflictOut, **REFUSALS},
    summary="Answer",
    exclude_none=True,
)
def respond(
    request: HttpRequest,
    response: HttpResponse,
    token: str,
    body: AnswerIn,
    idempotency_key: str | None = Header(  # type: ignore[type-arg]
        None, max_length=64, description="yours, one per answer; repeat it until acknowledged"
    ),
) -> tuple[int, dict[str, Any]]:
    """Record the answer to the item served. 201: it is on disk. The same key and payload again: 200, the same body."""
    if not idempotency_key:
        raise KeyMissing
    submission = _submission(body, idempotency_key)
    try:
        step = submit_response(token=token, viewer_id=viewer_id(request), submission=submission)
    except InvalidAnswer as error:
        return 422, error_body(error)
    except ItemAlreadyAnswered as error:
        return 409, {**error_body(error), **_where(request, token)}
    if step.is_replay:
        response["Idempotent-Replay"] = "true"
    return (200 if step.is_replay else 201), as_body(step)


def as_body(step: Step) -> dict[str, Any]:
    """Return {attempt, item or result, progress}."""
    body: dict[str, Any] = {"attempt": step.attempt.token, "progress": step.progress}
    if step.item is None:
        return body | {"result": profile.as_json(step.attempt)}
    return body | {"item": {"id": step.served, **step.item}}


def _where(request: HttpRequest, token: str) -> dict[str, Any]:
    body = as_body(steps.current(_attempt(request, token)))
    body.pop("attempt")
    return body


def _attempt(request: HttpRequest, token: str) -> Attempt:
    return selectors.attempt(token=token, viewer_id=viewer_id(request))


def _submission(body: AnswerIn, key: str) -> Submission:
    payload = json.dumps([body.item, body.answer], sort_keys=True)
    digest = hashlib.sha256(payload.encode()).hexdigest()
    return Submission(body.item, key, digest, lambda content, mask: bank.parse_json(content, body.answer, mask))
