"""Pages of figures."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kernel import clock
from lms.accounts.api import User
from lms.assessments.api import audience_of
from lms.cohorts.api import access_for, ensure_framing
from themes.preferences import carry

from . import home, selectors
from .learner import page_of, titled
from .tables import Printed, respond

PAGE = 50


def _person(request: HttpRequest) -> int:
    """Return the id of who is signed in (nobody else gets past the login)."""
    assert request.user.pk is not None
    return request.user.pk


@require_safe
@never_cache
def learner(request: HttpRequest) -> HttpResponse:
    """Show a signed-in person what to do next, where they are, and what they have done."""
    assert isinstance(request.user, User)
    audience = audience_of(request)
    context = page_of(request.user, audience=audience, language=get_language() or "fr", now=clock.now())
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
def pilot(request: HttpRequest) -> HttpResponseBase:
    """Show those who frame others their cohorts, straight to the only one; the national pilot goes to the country's."""
    access = access_for(request)
    if access.is_pilot and not access.is_framing:
        return redirect(carry(request, reverse("dashboards:pilot_national")))
    ensure_framing(access)
    asked: dict[str, Any] = {
        "year": request.GET.get("annee", ""),
        "page": request.GET.get("page", "1"),
        "now": clock.now(),
    }
    context = home.page_of(access, **asked)
    if len(context["cohorts"]) == 1 and not context["coordinates"]:
        return redirect(carry(request, reverse("dashboards:cohort", args=[context["cohorts"][0].uuid])))

    def printed() -> HttpResponse:
        return render(request, "dashboards/home.html", home.page_of(access, **asked, is_printed=True))

    file = respond(request, page=Printed(_("Mes cohortes"), context["as_of"], printed))
    return file or render(request, "dashboards/home.html", context)
