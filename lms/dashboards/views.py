"""Pages of figures."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from competencies.api import current_framework
from kernel import clock
from lms.cohorts.api import Role, has_role, institutions_of

from . import selectors
from .targets import NATIONAL

STAFF = (Role.INSTRUCTOR, Role.COORDINATOR)


def _person(request: HttpRequest) -> int:
    """Return the id of who is signed in (nobody else gets past the login)."""
    assert request.user.pk is not None
    return request.user.pk


@require_safe
@never_cache
def learner(request: HttpRequest) -> HttpResponse:
    """Show a signed-in person what they did and what to do next."""
    attempts = selectors.learner_attempts(_person(request))
    language = getattr(request, "LANGUAGE_CODE", "fr")
    for attempt in attempts:
        attempt.title = attempt.assessment.title(language)  # type: ignore[attr-defined]
    levels = {level.code: level.title(language) for level in current_framework().levels}
    return render(request, "dashboards/learner.html", {"attempts": attempts, "levels": levels})


@require_safe
@never_cache
def institution(request: HttpRequest) -> HttpResponse:
    """Show instructors and coordinators their cohorts; the national pilot goes to the barometer."""
    now = clock.now()
    if not has_role(user_id=_person(request), roles=(*STAFF, Role.PILOT), now=now):
        raise PermissionDenied
    institutions = institutions_of(user_id=_person(request), roles=STAFF, now=now)
    context = {"cohorts": selectors.cohorts_of(institutions), "institutions": institutions, "now": now}
    return render(request, "dashboards/institution.html", context)


@login_not_required
@require_safe
def national(request: HttpRequest) -> HttpResponse:
    """Show everyone the march towards the target."""
    return render(
        request, "dashboards/national.html", {"figures": selectors.barometer(clock.now()), "target": NATIONAL}
    )
