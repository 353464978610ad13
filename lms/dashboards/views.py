"""Pages of figures."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kernel import clock
from lms.accounts.api import User
from lms.cohorts.api import Role, has_role, institutions_of
from themes.preferences import carry

from . import selectors
from .learner import page_of, titled
from .targets import NATIONAL

PAGE = 50
STAFF = (Role.INSTRUCTOR, Role.COORDINATOR)


def _person(request: HttpRequest) -> int:
    """Return the id of who is signed in (nobody else gets past the login)."""
    assert request.user.pk is not None
    return request.user.pk


@require_safe
@never_cache
def learner(request: HttpRequest) -> HttpResponse:
    """Show a signed-in person what to do next, where they are, and what they have done."""
    assert isinstance(request.user, User)
    context = page_of(request.user, language=get_language() or "fr", now=clock.now())
    return render(request, "dashboards/learner.html", context)


@require_safe
@never_cache
def history(request: HttpRequest) -> HttpResponse:
    """Show a signed-in person everything they took, fifty a page."""
    pages = Paginator(selectors.attempts_of(_person(request)), PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "attempts": titled(selectors.with_results(page.object_list), get_language() or "fr"),
        "newer": carry(request, f"?page={page.number - 1}") if page.has_previous() else "",
        "older": carry(request, f"?page={page.number + 1}") if page.has_next() else "",
    }
    return render(request, "dashboards/history.html", context)


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
