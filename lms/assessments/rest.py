"""The sitting over HTTP for programs: the same services as the pages (/api/v1/, docs in openapi.json).

Bodies are written as they are built, not validated on their way out: the schemas describe them, and tests compare.
"""

import hashlib
import json
from dataclasses import asdict
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from ninja import Header, Router, Schema
from pydantic import ConfigDict, Field

from kernel.errors import Invalid
from kernel.origin import check_origin
from kernel.refusals import error_body
from question_bank import api as bank
from question_bank.errors import InvalidAnswer

from . import profile, selectors, steps
from .errors import AttemptAlreadyFinished, ItemAlreadyAnswered
from .models import Attempt
from .services import start_attempt, submit_response
from .types import Step, Submission
from .views.visitor import viewer_id

router = Router(tags=["attempts"])
KEY = "Idempotency-Key"


class Strict(Schema):
    model_config = ConfigDict(extra="forbid")


def _without_default(schema: dict[str, Any]) -> None:
    """Leave out a default that breaks the schema's own rules: a program that fills it in would be refused."""
    del schema["default"]


class StartIn(Strict):
    """An assessment, or the code of something asked: one of the two."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["assessment"]}, {"required": ["assignment"]}]})

    assessment: str = Field(
        "",
        description="placement, training, citizen…",
        min_length=1,
        max_length=50,
        pattern="^[-a-zA-Z0-9_]+$",
        json_schema_extra=_without_default,
    )
    assignment: str = Field(
        "",
        description="the code of what an institution asks; it needs a session",
        min_length=1,
        max_length=20,
        json_schema_extra=_without_default,
    )
    locale: Literal["fr", "en"] = "fr"
    wording: Literal["standard", "plain"] = Field("standard", description="plain: short sentences, in French only")


class AnswerIn(Strict):
    item: str = Field(description="the `id` of the item served", max_length=64)
    answer: dict[str, Any] = Field(
        description="{kind, value}: see docs/api.md", examples=[{"kind": "choice", "value": "…"}]
    )


class ProgressOut(Schema):
    position: int = Field(description="of the item on screen, from 1")
    remaining: int = Field(description="about how many more after it")
    maximum: int


class OptionOut(Schema):
    id: str = Field(description="opaque, this attempt's own")
    text: str


class SegmentOut(Schema):
    text: str | None = None
    blank: str | None = Field(None, description="opaque: the key of its choice in the answer")
    label: str | None = None
    choices: list[OptionOut] | None = None


class ItemOut(Schema):
    id: str = Field(description="send it back with the answer")
    interaction: str
    answer_kind: str
    language: str
    title: str
    context: list[str]
    artefact: dict[str, Any] | None = Field(None, description="a document to look at: {kind, alt, …}")
    question: str
    hint: str
    choices: list[OptionOut]
    prompts: list[OptionOut] = Field(description="to be paired with choices")
    units: list[OptionOut]
    segments: list[SegmentOut] = Field(description="a text with blanks to choose for, or to type in")
    picture: dict[str, Any] | None = Field(None, description="where to choose a place: {kind, alt, shapes or parts}")
    simulation: dict[str, Any] | None = Field(
        None, description="what is played in: {kind, view, gestures: [{do, on, value, text, is_possible}], …}"
    )


class ScoreOut(Schema):
    score: int = Field(ge=0, le=1000)
    low: int
    high: int
    level: str


class PartOut(ScoreOut):
    key: str
    title: str = Field(description="as the framework says it; to a citizen the page says it in plain French")


class CompetencyOut(PartOut):
    is_met: bool = Field(description="a situation was about it; else what is said here follows from the others")


class NextStepOut(Schema):
    code: str
    title: str
    domain_number: int
    domain_title: str
    reason: str


class ModuleOut(Schema):
    title: str
    url: str
    minutes: int
    domain_number: int
    reason: str
    language: str


class FrameworkOut(Schema):
    version: str
    note: str


class PreviousOut(Schema):
    finished_at: str
    overall: ScoreOut
    domains: list[PartOut]


class ResultOut(Schema):
    answered: int
    stop_reason: str
    overall: ScoreOut
    domains: list[PartOut]
    competencies: list[CompetencyOut]
    next_steps: list[NextStepOut] = Field(description="the competencies to work on first")
    modules: list[ModuleOut] = Field(description="those that the page of the result leads to; none where none fits")
    is_provisional: bool
    framework: FrameworkOut
    previous: PreviousOut | None = Field(
        description="the time before, as its page compares: placement with placement, training with training"
    )
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


AGAIN = {"Idempotent-Replay": {"description": "this was acknowledged before", "schema": {"const": "true"}}}
LATER = {"Retry-After": {"description": "seconds until it is worth sending again", "schema": {"type": "integer"}}}
REFUSALS = {403: ErrorOut, 404: ErrorOut, 413: ErrorOut, 422: ErrorOut, 503: ErrorOut}


@router.post("", response={201: AttemptOut, 400: ErrorOut, 409: ErrorOut, **REFUSALS}, summary="Start an attempt")
def start(request: HttpRequest, body: StartIn) -> HttpResponse:
    """Open an attempt of an assessment, or of what an institution asks, and serve its first item."""
    check_origin(request)
    if bool(body.assessment) == bool(body.assignment):
        raise Invalid(
            _("Dites une évaluation (assessment), ou le code d’une demande (assignment)."), field="assessment"
        )
    step = start_attempt(
        assessment=body.assessment,
        assignment=body.assignment,
        locale=body.locale,
        owner_id=viewer_id(request),
        wording=body.wording,
    )
    return _json(201, as_body(step))


@router.get("/{token}", response={200: AttemptOut, 404: ErrorOut, 503: ErrorOut}, summary="Resume")
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Return the item on screen, or the result of a finished attempt."""
    return _json(200, as_body(steps.current(_attempt(request, token))))


@router.get("/{token}/result", response={200: ResultOut, 404: ErrorOut, 409: ErrorOut, 503: ErrorOut}, summary="Result")
def result(request: HttpRequest, token: str) -> HttpResponse:
    """Return the profile of a finished attempt."""
    return _json(200, _result(_attempt(request, token)))


@router.post(
    "/{token}/responses",
    response={200: AttemptOut, 201: AttemptOut, 400: ErrorOut, 409: ConflictOut, **REFUSALS},
    summary="Answer",
    openapi_extra={"responses": {200: {"headers": AGAIN}, 503: {"headers": LATER}}},
)
def respond(
    request: HttpRequest,
    token: str,
    body: AnswerIn,
    idempotency_key: str = Header(  # type: ignore[type-arg]
        alias=KEY,
        max_length=64,
        pattern="^[!-~]+$",
        description="yours, one per answer; repeat it until acknowledged",
    ),
) -> HttpResponse:
    """Record the answer to the item served. 201: it is on disk. The same key and payload again: 200, the same body."""
    check_origin(request)
    submission = _submission(body, idempotency_key)
    try:
        step = submit_response(token=token, viewer_id=viewer_id(request), submission=submission)
    except InvalidAnswer as error:
        return _json(422, error_body(error))
    except (ItemAlreadyAnswered, AttemptAlreadyFinished) as error:
        return _json(409, {**error_body(error), **_where(request, token)})
    response = _json(200 if step.is_replay else 201, as_body(step))
    if step.is_replay:
        response["Idempotent-Replay"] = "true"
    return response


def as_body(step: Step) -> dict[str, Any]:
    """Return {attempt, item or result, progress}."""
    body: dict[str, Any] = {"attempt": step.attempt.token, "progress": asdict(step.progress)}
    if step.item is None:
        return body | {"result": _result(step.attempt)}
    return body | {"item": {"id": step.served, **step.item}}


def _result(attempt: Attempt) -> dict[str, Any]:
    """Return the profile in the language of the attempt: a repeated answer is told the same, whoever repeats it."""
    with override(attempt.locale):
        return profile.as_json(attempt)


def _json(status: int, body: dict[str, Any]) -> HttpResponse:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    response = HttpResponse(text, status=status, content_type="application/json")
    response["Cache-Control"] = "no-store, private"
    return response


def _where(request: HttpRequest, token: str) -> dict[str, Any]:
    body = as_body(steps.current(_attempt(request, token)))
    body.pop("attempt")
    return body


def _attempt(request: HttpRequest, token: str) -> Attempt:
    return selectors.attempt(token=token, viewer_id=viewer_id(request))


def _submission(body: AnswerIn, key: str) -> Submission:
    try:
        payload = json.dumps([body.item, body.answer], sort_keys=True)
    except RecursionError as error:
        raise Invalid(_("Cette réponse est imbriquée trop profondément."), field="answer") from error
    digest = hashlib.sha256(payload.encode()).hexdigest()
    return Submission(body.item, key, digest, lambda content, mask, _done: bank.parse_json(content, body.answer, mask))
