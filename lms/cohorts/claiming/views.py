"""/rejoindre/: taking one's place, by the link of a letter, a code and a number, or an address already proved."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kernel import actors, clock
from kernel.errors import NotFound, SocleError
from lms.accounts.api import User
from themes.answering import see_other, what_was_done

from ..models import ClaimLetter, Institution, JoinCode, Student
from . import codes, services
from .errors import LinkUnknown

DONE = {
    "place": _("Votre place est prise. Ce qui vous est demandé s’affiche sur votre page."),
    "quittee": _(
        "La place est libre de nouveau. Ce que vous avez fait reste à vous, et votre détail par compétence n’est plus"
        " montré à cet établissement."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """Ask for a code; offer the places whose address this account has proved."""
    code, refused = request.POST.get("code", ""), ""
    if request.method == "POST":
        try:
            found = services.code_of(code, clock.now())
        except LinkUnknown as error:
            if address := codes.elsewhere(code, _person(request), clock.now()):
                return see_other(request, address)
            refused = error.sentence
        else:
            return see_other(request, reverse("cohorts:join_code", args=[found.code]))
    context = {
        "code": code,
        "refused": refused,
        "places": services.places_for(_person(request)),
        "held": services.places_of(_person(request)),
        "done": what_was_done(request, DONE),
    }
    return render(request, "cohorts/claiming/join.html", context, status=422 if refused else 200)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join_code(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a code or a letter's link offers, to whoever follows it; give the place to who is signed in."""
    now = clock.now()
    if len(services.plain(code)) == codes.LENGTH:
        return _by_code(request, services.code_of(code, now))
    return _by_letter(request, code, services.letter_of(code, now))


@actors.as_worker()
@require_POST
@never_cache
def join_place(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the place whose address this account has proved."""
    student = Student.objects.filter(uuid=uuid).first()
    if student is None:
        raise NotFound
    try:
        services.claim_by_address(user=_person(request), student=student, now=clock.now())
    except NotFound:
        raise
    except SocleError as error:
        return _refused(request, student.institution, error)
    return see_other(request, reverse("cohorts:join"), "place")


@actors.as_worker()
@require_POST
@never_cache
def leave_place(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Leave a place that this account holds."""
    student = Student.objects.filter(uuid=uuid).first()
    if student is None:
        raise NotFound
    services.leave_place(user=_person(request), student=student, now=clock.now())
    return see_other(request, reverse("cohorts:join"), "quittee")


def _by_code(request: HttpRequest, found: JoinCode) -> HttpResponse:
    number = request.POST.get("numero", "").strip()[:40]
    refused: SocleError | None = None
    if request.method == "POST" and request.user.is_authenticated:
        try:
            services.claim_by_number(user=_person(request), code=found.code, number=number, now=clock.now())
        except SocleError as error:
            refused = error
        else:
            return see_other(request, reverse("cohorts:join"), "place")
    return _offer(request, found.cohort.institution, found.code, refused, cohort=found.cohort, number=number)


def _by_letter(request: HttpRequest, token: str, letter: ClaimLetter) -> HttpResponse:
    refused: SocleError | None = None
    if request.method == "POST" and request.user.is_authenticated:
        try:
            services.claim_by_letter(user=_person(request), token=token, now=clock.now())
        except SocleError as error:
            refused = error
        else:
            return see_other(request, reverse("cohorts:join"), "place")
    return _offer(request, letter.student.institution, token, refused, student=letter.student)


def _offer(
    request: HttpRequest, institution: Institution, code: str, refused: SocleError | None, **more: Any
) -> HttpResponse:
    context = {
        "institution": institution,
        "here": reverse("cohorts:join_code", args=[code]),
        "refused": refused.sentence if refused else "",
        "is_stranger": not request.user.is_authenticated,
        "cohort": None,
        "student": None,
        "number": "",
        **more,
    }
    response = render(request, "cohorts/claiming/offer.html", context, status=refused.status if refused else 200)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response


def _refused(request: HttpRequest, institution: Institution, error: SocleError) -> HttpResponse:
    context = {"institution": institution, "refused": error.sentence}
    return render(request, "cohorts/claiming/refused.html", context, status=error.status)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
