"""What a person may do with an attempt: keep it, erase it, say that an item is wrong."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.origin import same_origin_only
from question_bank import api as bank
from question_bank.errors import InvalidReport
from themes.preferences import carry

from .. import selectors
from ..context import remember
from ..services import erase_attempt, keep_attempt
from .visitor import entrance, see_other, tells_refusals, viewer_id

ENTRANCES = {"sign_in": "account_login", "sign_up": "account_signup"}


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_only
@tells_refusals
def keep(request: HttpRequest, token: str) -> HttpResponse:
    """Offer to create or open an account; once signed in, attach the attempt on a gesture."""
    owner_id = viewer_id(request)
    attempt = selectors.attempt(token=token, viewer_id=owner_id)
    if not attempt.is_anonymous:
        return see_other(request, "profile", token)
    if request.method == "POST" and owner_id is not None:
        kept = keep_attempt(token=token, owner_id=owner_id)
        remember(request, owner_id)
        return see_other(request, "profile", kept.token)
    here = reverse("assessments:keep", args=[token])
    doors = {name: entrance(request, page, carry(request, here)) for name, page in ENTRANCES.items()}
    context = {"attempt": attempt, "is_signed_in": owner_id is not None, "next": here, **doors}
    return render(request, "assessments/keep.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_only
@tells_refusals
def erase(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once, then erase the attempt whole."""
    attempt = selectors.attempt(token=token, viewer_id=viewer_id(request))
    if request.method != "POST":
        return render(request, "assessments/erase.html", {"attempt": attempt})
    erase_attempt(token=token, viewer_id=viewer_id(request))
    return render(request, "assessments/erased.html", {})


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_only
@tells_refusals
def report(request: HttpRequest, token: str, position: int) -> HttpResponse:
    """Take a report that an item is wrong; only items already answered can be reported."""
    attempt = selectors.attempt(token=token, viewer_id=viewer_id(request))
    response = attempt.responses.filter(position=position).first()
    if response is None:
        return see_other(request, "question", token)
    context = {"attempt": attempt, "position": position, "text": "", "error": "", "is_sent": False}
    if request.method == "POST":
        context |= _sent(request, response.item_version_id, attempt.uuid)
    return render(request, "assessments/report.html", context, status=422 if context["error"] else 200)


def _sent(request: HttpRequest, item_version_id: int, attempt: UUID) -> dict[str, object]:
    text = request.POST.get("text", "")
    try:
        bank.report_item(
            item_version_id=item_version_id, text=text, at=clock.now(), attempt=attempt, reporter_id=viewer_id(request)
        )
    except InvalidReport as error:
        return {"error": error.sentence, "text": text}
    return {"is_sent": True}
