"""Pages of those who are asked: what is asked before it is begun, a code to type, no more reminders."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from competencies.api import current_framework
from kernel import actors, clock
from kernel.errors import Conflict, NotFound
from kernel.origin import same_origin_only
from lms.accounts.api import User, name_person
from lms.assessments.api import Assignment, Participation, read_code, start_attempt
from lms.assessments.errors import AssignmentUnknown, AttemptUnderWay
from lms.cohorts.api import is_join_code, is_sharing, university_of

from .. import asking, joining, sheet
from ..letters import read_stop_token
from ..types import Asked
from .answering import go, see_other

LONGEST_NAME = 150


@require_safe
@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the code of something asked, and lead to it."""
    typed = request.GET.get("code", "")
    if read_code(typed):
        return see_other(request, "asked", read_code(typed))
    if is_join_code(typed, clock.now()):
        return _to_cohort(request, typed)
    context = {"typed": typed[:40], "sentence": AssignmentUnknown().sentence if typed else ""}
    return render(request, "prescribing/find.html", context, status=404 if typed else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def asked(request: HttpRequest, code: str) -> HttpResponse:
    """Say what is asked, who sees what, why and until when; then take the person's choice, and begin."""
    user, now = _person(request), clock.now()
    try:
        row, is_theirs = joining.find_for(code, user.pk, now)
    except AssignmentUnknown as error:
        if is_join_code(code, now):
            return _to_cohort(request, code)
        context = {"typed": code[:40], "sentence": error.sentence}
        return render(request, "prescribing/find.html", context, status=404)
    told = asking.asked(row, asking.known_of(user, [row], now))
    if request.method == "POST":
        return _begin(request, user, row, told, is_theirs=is_theirs)
    return _page(request, user, row, told, is_theirs=is_theirs)


def _to_cohort(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the cohort whose code was typed where that of a demand was asked for."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return go(request, reverse("cohorts:join_code", args=[plain]))


def _begin(request: HttpRequest, user: User, row: Assignment, told: Asked, *, is_theirs: bool) -> HttpResponse:
    """Keep the choice, then lead to what is next; what is missing is said on the page itself, and nothing is lost."""
    choice = {"oui": True, "non": False}.get(request.POST.get("partage", ""))
    errors = _missing(request, user, row, choice, is_theirs=is_theirs)
    if errors:
        return _page(request, user, row, told, is_theirs=is_theirs, errors=errors, status=422)
    try:
        with transaction.atomic():
            act = joining.go_on if _under_way(told) is None else joining.come_back
            act(asked=row, user=user, shares=choice, joins=not is_theirs, now=clock.now())
            if _is_asking_name(user, is_theirs=is_theirs):
                first_name, last_name = _typed_name(request, user)
                name_person(user=user, first_name=first_name, last_name=last_name)
        return go(request, _next_url(request, user, row))
    except (Conflict, NotFound) as error:
        return _page(request, user, row, told, is_theirs=is_theirs, errors={"": error.sentence}, status=error.status)


def _missing(
    request: HttpRequest, user: User, row: Assignment, choice: bool | None, *, is_theirs: bool
) -> dict[str, str]:
    errors = {}
    if _is_asking_detail(user, row) and choice is None:
        errors["partage"] = _("Choisissez l’un ou l’autre : les deux mènent à la suite.")
    if not is_theirs and request.POST.get("rejoindre") != "oui":
        errors["rejoindre"] = _("Pour répondre à cette demande, il faut accepter que cet établissement vous connaisse.")
    if _is_asking_name(user, is_theirs=is_theirs):
        for field, typed in zip(("prenom", "nom"), _typed_name(request, user), strict=True):
            if not 0 < len(typed) <= LONGEST_NAME:
                errors[field] = _("Écrivez-le, en 150 lettres au plus.")
    return errors


def _is_asking_name(user: User, *, is_theirs: bool) -> bool:
    """Say whether somebody who joins has no whole name yet: the institution was promised one."""
    return not is_theirs and not (user.first_name.strip() and user.last_name.strip())


def _typed_name(request: HttpRequest, user: User) -> tuple[str, str]:
    """Return the first and last name as typed, on one line; before anything is typed, what the account has of them."""
    first_name, last_name = request.POST.get("prenom", user.first_name), request.POST.get("nom", user.last_name)
    return _on_one_line(first_name), _on_one_line(last_name)


def _on_one_line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())


def _is_asking_detail(user: User, row: Assignment) -> bool:
    """Say whether the choice is still to be made: asked for, not agreed already, and not answered on this page."""
    if not row.asks_detail or is_sharing(user_id=user.pk, institution_id=row.institution_id):
        return False
    return not Participation.objects.filter(assignment=row, user=user, read_at__isnull=False).exists()


def _next_url(request: HttpRequest, user: User, row: Assignment) -> str:
    """Return where the next thing to do is, the test begun if it is one."""
    told = asking.asked(row, asking.known_of(user, [row], clock.now()))
    if (under_way := _under_way(told)) is not None:
        return under_way
    is_again = request.POST.get("refaire") == "oui"
    part = told.next_part
    if row.assessment is not None and (is_again or (part is not None and part.kind == "test")):
        return _start(user, row)
    return part.url if part else told.url


def _under_way(told: Asked) -> str | None:
    """Return the address of the test that was begun and is still open, if there is one."""
    return next((part.url for part in told.parts if part.kind == "test" and part.url not in ("", told.url)), None)


def _start(user: User, row: Assignment) -> str:
    try:
        step = start_attempt(assignment=row.code, locale=get_language() or "fr", owner_id=user.pk)
        return reverse("assessments:question", args=[step.attempt.token])
    except AttemptUnderWay:  # a double click: the first one began it
        told = asking.asked(row, asking.known_of(user, [row], clock.now()))
        return _under_way(told) or told.url


def _page(
    request: HttpRequest,
    user: User,
    row: Assignment,
    told: Asked,
    *,
    is_theirs: bool,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    mine = Participation.objects.filter(assignment=row, user=user).first()
    first_name, last_name = _typed_name(request, user)
    allowed, used = row.attempts_allowed, mine.attempts if mine else 0
    context: dict[str, Any] = {
        "asked": told,
        "row": row,
        "is_theirs": is_theirs,
        "university": _university(row),
        "is_placed": joining.is_placed(row, user.pk, clock.now()),
        "is_asking_name": _is_asking_name(user, is_theirs=is_theirs),
        "first_name": first_name,
        "last_name": last_name,
        "is_asking_detail": _is_asking_detail(user, row),
        "is_sharing": is_sharing(user_id=user.pk, institution_id=row.institution_id),
        "choice": request.POST.get("partage", ""),
        "errors": errors or {},
        "targets": sheet.targets(row),
        "has_joined": bool(mine and mine.joined_at),
        "may_retake": bool(mine and mine.test_finished_at) and (not allowed or used < allowed),
        "window": sheet.window_word(row, clock.now()),
        "framework": current_framework(),
        "opens_day": sheet.opens_day(row, clock.now()),
    }
    return render(request, "prescribing/asked_page.html", context, status=status)


def _university(row: Assignment) -> str:
    """Return the name of who sees the people of the institution because it is attached there today, or nothing."""
    found = university_of(row.institution, timezone.localdate(clock.now()))
    return "" if found == row.institution else found.name


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@actors.as_worker()
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_only
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once, then stop the reminders of one demand; the letter's link is enough, without signing in."""
    found = read_stop_token(token)
    is_known = found is not None and Assignment.objects.filter(pk=found[0]).exists()
    is_stopped = False
    if found is not None and is_known and request.method == "POST":
        is_stopped = joining.silence(assignment_id=found[0], user_id=found[1], now=clock.now())
    context = {"is_stopped": is_stopped, "is_known": is_known}
    return render(request, "prescribing/stopped.html", context, status=200 if is_known else 404)
