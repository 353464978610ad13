"""Keeping one's display settings: one cookie, set by a gesture and removed by another. Elsewhere nothing sets it."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from kernel.origin import same_origin_only

from .preferences import COOKIE, parse

A_YEAR = 365 * 24 * 3600


@require_POST
@same_origin_only
@login_not_required
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the settings of the display panel in the cookie (none when there are none), and go back to the page."""
    response, value = _back(request), parse(request.POST.getlist("p")).value
    if not value:
        response.delete_cookie(COOKIE, samesite="Lax")
        return response
    response.set_cookie(
        COOKIE,
        value,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_POST
@same_origin_only
@login_not_required
def forget(request: HttpRequest) -> HttpResponse:
    """Remove the cookie, and go back to the page."""
    response = _back(request)
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def _back(request: HttpRequest) -> HttpResponse:
    """Return a 303 to the page the panel stood on, whose address no longer has to say the settings."""
    asked = request.GET.get("ici", "")
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    parts = urlsplit(asked if is_ours else "/")
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "p"])
    response = HttpResponseRedirect(parts._replace(query=query).geturl())
    response.status_code = 303
    return response
