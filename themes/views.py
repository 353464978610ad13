"""The pages that say who answers for the site, what it keeps, and for whom it works."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.template.loader import get_template
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kernel.errors import Broken, SocleError
from kernel.models import Retention
from kernel.refusals import is_for_program, refuse, refuse_method


@require_safe
@login_not_required
def legal(request: HttpRequest) -> HttpResponse:
    """Say who publishes the site."""
    return render(request, "pages/legal.html")


@require_safe
@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept and how long: the very table that erasure obeys."""
    return render(request, "pages/privacy.html", {"retention": list(map(_told, Retention.objects.order_by("kind")))})


def _told(rule: Retention) -> dict[str, str | int]:
    """Return a rule in the reader's language, or in French when it has no other."""
    is_english = get_language() == "en" and rule.basis_en
    text, language = (rule.basis_en, "en") if is_english else (rule.basis, "fr")
    return {"text": text, "language": language, "days": rule.days}


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what works for everyone, and what does not yet."""
    return render(request, "pages/accessibility.html")


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that a request was not understood (handler400), as its reader reads; in JSON to a program."""
    if is_for_program(request):
        return refuse(request, SocleError())
    return _told_plainly("400.html", request, 400)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something broke on our side (handler500), as its reader reads; in JSON to a program."""
    if is_for_program(request):
        return refuse(request, Broken())
    return _told_plainly("500.html", request, 500)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say why a form was not taken (CSRF_FAILURE_VIEW): whoever is not signed in any more is told to sign in.

    No form is sent by another method than POST: what was sent then is none, and no page has such a method.
    """
    if request.method != "POST":
        return refuse_method(request, "GET, HEAD, POST")
    login_url = _login_url(request) if _asks_who_it_is(request) else ""
    return _told_plainly("403_csrf.html", request, 403, login_url=login_url)


def _asks_who_it_is(request: HttpRequest) -> bool:
    match, user = request.resolver_match, getattr(request, "user", None)
    is_open = match is None or not getattr(match.func, "login_required", True)
    return not is_open and not (user is not None and user.is_authenticated)


def _login_url(request: HttpRequest) -> str:
    """Return where one signs in, then comes back to the page of the form."""
    page = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    back = urlsplit(page)._replace(scheme="", netloc="").geturl() if is_ours else request.path
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}"


def _told_plainly(name: str, request: HttpRequest, status: int, **context: str) -> HttpResponse:
    # Not as a request: what context processors ask for may be what broke.
    return HttpResponse(get_template(name).render({"request": request, **context}), status=status)
