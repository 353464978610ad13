"""One item per page: show it, take its answer, bring the next in a single exchange."""

import hashlib
import json
import re
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kernel.errors import Invalid
from question_bank import api as bank
from question_bank.errors import InvalidAnswer
from question_bank.types import Answer, Gesture, ItemContent, OptionMask
from themes.preferences import carry

from .. import delivery, profile, selectors, steps
from ..errors import (
    AttemptAlreadyFinished,
    GestureImpossible,
    GestureTooLate,
    ItemAlreadyAnswered,
    ItemNeverServed,
    KeyReused,
    UnknownBesideAnswer,
)
from ..models import Attempt
from ..models.offer import Purpose
from ..services import record_gesture, submit_response
from ..types import Motion, Step, Submission
from .visitor import NOT_TYPED, address, reads, receives, see_other, viewer_id

ENVELOPE = {"key", "item", "step", "gesture"}
Late = type[ItemAlreadyAnswered | GestureTooLate]
LATE: dict[str, Late] = {"deja": ItemAlreadyAnswered, "autre": ItemNeverServed, "geste": GestureTooLate}
ONCE = "1"  # what “I do not know” sends; the page that asks again has it send something else
GESTURES_MADE = _(
    "Vous aviez fait des gestes. « J’ai terminé » les envoie. "
    "Si vous appuyez encore une fois sur « Je ne sais pas », nous compterons que vous ne savez pas."
)
NOTICES = {  # by their sign in the address
    **{sign: why.default_sentence for sign, why in LATE.items()},
    "retour": _("Votre réponse n’est pas encore enregistrée : relisez-la, puis validez."),
}
STEP = re.compile(r"[0-9]{1,3}")
KEY = re.compile(r"[!-~]{1,64}")  # what a key may be; another one is as good as none, and the payload stands for it


@reads
def question(request: HttpRequest, token: str) -> HttpResponse:
    """Show the item on screen; a finished attempt shows its result."""
    attempt = selectors.attempt(token=token, viewer_id=viewer_id(request))
    if not attempt.is_open:
        return see_other(request, "profile", token)
    notice = next((str(sentence) for sign, sentence in NOTICES.items() if sign in request.GET), "")
    form = {"values": _typed(request.GET), "errors": {}}  # what was typed before signing in again
    return _question_page(request, steps.current(attempt), notice=notice, form=form)


@receives
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Take an answer. With JavaScript the next item is the response itself; without, it is behind a 303."""
    try:
        step = submit_response(token=token, viewer_id=viewer_id(request), submission=_submission(request))
    except InvalidAnswer as error:
        return _again(request, token, error)
    except UnknownBesideAnswer as error:
        return _ask_again(request, token, error)
    except KeyReused:
        return _follow(request, token, ItemAlreadyAnswered)
    except ItemAlreadyAnswered as error:
        return _follow(request, token, type(error))
    except AttemptAlreadyFinished:
        return see_other(request, "profile", token)
    return _next(request, step)


@receives
def gesture(request: HttpRequest, token: str) -> HttpResponse:
    """Take a gesture of a simulation; what comes next is the same page, as the gesture left it."""
    try:
        record_gesture(token=token, viewer_id=viewer_id(request), motion=_motion(request))
    except GestureImpossible as error:
        return _again(request, token, error)
    except (ItemAlreadyAnswered, GestureTooLate) as error:
        return _follow(request, token, type(error))
    except AttemptAlreadyFinished:
        return see_other(request, "profile", token)
    if not _is_script(request):
        response = see_other(request, "question", token)
        response["Location"] += "#geste"
        return response
    return _question_page(request, steps.current(selectors.attempt(token=token, viewer_id=viewer_id(request))))


@reads
def feedback(request: HttpRequest, token: str, position: int) -> HttpResponse:
    """Explain the answer given at `position` (training only; a placement explains at its end)."""
    return _feedback_page(request, selectors.attempt(token=token, viewer_id=viewer_id(request)), position)


def _feedback_page(request: HttpRequest, attempt: Attempt, position: int) -> HttpResponse:
    token, response = attempt.token, attempt.responses.filter(position=position).first()
    if response is None or attempt.purpose != Purpose.TRAINING:
        return see_other(request, "question", token)
    explanation = profile.explanations(attempt, [response])[0]
    context = {
        "frame": _frame(request),
        "sitting": _sitting(request, attempt),
        "progress": delivery.progress(attempt, position, response.remaining),
        "explanation": explanation,
        "is_last": not attempt.is_open and position == attempt.position,
        "report_url": carry(request, address("report", token, position)),
        "next_url": carry(request, address("question", token)),
    }
    page = render(request, "assessments/feedback.html", context)
    page["Content-Location"] = carry(request, address("feedback", token, position))
    return page


def _submission(request: HttpRequest) -> Submission:
    """Read the form of a situation. Raises InvalidAnswer when what came is not one."""
    data = request.POST
    if "item" not in data:
        raise InvalidAnswer("answer", str(_("Cet envoi n’a pas la forme d’une réponse : rien n’a été enregistré.")))
    fields = {name: data.getlist(name) for name in sorted(data) if name not in {"key"}}
    digest = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
    key = data.get("key", "")
    return Submission(
        data.get("item", ""),
        key if KEY.fullmatch(key) else digest,
        digest,
        partial(_read, data),
    )


def _read(data: QueryDict, content: ItemContent, mask: OptionMask, done: list[Gesture]) -> Answer:
    """Read an answer. Raises UnknownBesideAnswer when “I do not know” comes for the first time beside one."""
    if data.get("unknown") == ONCE:
        if bank.has_acted(content, done):
            raise UnknownBesideAnswer(GESTURES_MADE)
        if _is_begun(data):
            raise UnknownBesideAnswer
    return bank.parse_form(content, data, mask, done)


def _is_begun(data: QueryDict) -> bool:
    return any(value.strip() for name, values in data.lists() if name not in NOT_TYPED for value in values)


def _motion(request: HttpRequest) -> Motion:
    data = request.POST
    sent, step = data.get("gesture", "").split(" "), data.get("step", "")
    return Motion(
        served=data.get("item", ""),
        step=int(step) if STEP.fullmatch(step) else 0,
        gesture=dict(zip(("do", "on", "value"), sent, strict=False)),
    )


def _next(request: HttpRequest, step: Step) -> HttpResponse:
    attempt = step.attempt
    if attempt.purpose == Purpose.TRAINING:
        answered = step.progress.position if step.is_finished else step.progress.position - 1
        if _is_script(request):
            return _feedback_page(request, attempt, answered)
        return see_other(request, "feedback", attempt.token, answered)
    if step.is_finished:
        return see_other(request, "profile", attempt.token)
    if _is_script(request):
        # A page restored by the back button may repeat an old answer: what is shown is the item on screen now.
        return _question_page(request, steps.current(attempt) if step.is_replay else step)
    return see_other(request, "question", attempt.token)


def _again(request: HttpRequest, token: str, error: Invalid) -> HttpResponse:
    """Show the form again, with the sentence beside the field and what was typed."""
    attempt = selectors.attempt(token=token, viewer_id=viewer_id(request))
    form = {"values": _typed(request.POST), "errors": {error.field or "answer": error.sentence}}
    return _question_page(request, steps.current(attempt), form=form, status=422)


def _ask_again(request: HttpRequest, token: str, error: Invalid) -> HttpResponse:
    """Show what was given again, and say what each button does with it; “I do not know” now goes through."""
    attempt = selectors.attempt(token=token, viewer_id=viewer_id(request))
    form = {"values": _typed(request.POST), "errors": {}}
    step = steps.current(attempt)
    return _question_page(request, step, notice=error.sentence, form=form, is_asked_again=True, status=422)


def _follow(request: HttpRequest, token: str, why: Late) -> HttpResponse:
    """The page follows the server: the item on screen there is shown, and said why."""
    if not _is_script(request):
        sign = next(sign for sign, said in LATE.items() if said is why)
        return see_other(request, "question", token, query=f"?{sign}=1")
    attempt = selectors.attempt(token=token, viewer_id=viewer_id(request))
    return _question_page(request, steps.current(attempt), notice=str(why.default_sentence), status=409)


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "sitting"


def _frame(request: HttpRequest) -> str:
    """Return what stands around a page of the sitting: nothing for our script, which has it on screen already."""
    return "main_alone.html" if _is_script(request) else "base.html"


def _typed(data: QueryDict) -> dict[str, Any]:
    lists = {name: values for name, values in data.lists() if name not in ENVELOPE}
    return {name: values if name == "choices" else values[-1] for name, values in lists.items()}


def _question_page(
    request: HttpRequest,
    step: Step,
    *,
    notice: str = "",
    form: dict[str, Any] | None = None,
    is_asked_again: bool = False,
    status: int = 200,
) -> HttpResponse:
    attempt = step.attempt
    if step.is_finished:
        return see_other(request, "profile", attempt.token)
    context = {
        "frame": _frame(request),
        "sitting": _sitting(request, attempt),
        "progress": step.progress,
        "item": step.item,
        "domain": _domain(attempt, step.domain_number),
        "form": form or {"values": {}, "errors": {}},
        "key": delivery.form_key(attempt, step.progress.position),
        "served": step.served,
        "notice": notice,
        "is_asked_again": is_asked_again,
    }
    response = render(request, "assessments/question.html", context, status=status)
    response["Content-Location"] = carry(request, address("question", attempt.token))
    return response


def _domain(attempt: Attempt, number: int) -> dict[str, Any]:
    domain = delivery.setting(attempt).framework.domains[number - 1]
    return {"number": number, "title": domain.title(get_language() or "fr")}


def _sitting(request: HttpRequest, attempt: Attempt) -> dict[str, Any]:
    return {
        "token": attempt.token,
        "purpose": attempt.purpose,
        "title": attempt.assessment.title(get_language() or "fr"),
        "is_anonymous": attempt.is_anonymous,
        "erase_date": attempt.erase_after,
        "language": attempt.locale,
        "question_url": address("question", attempt.token),
        "action_url": address("answer", attempt.token),
        "gesture_url": address("gesture", attempt.token),
        "erase_url": address("erase", attempt.token),
        "leave_url": reverse("home"),
    }
