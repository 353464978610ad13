"""Entering as a role, in one click."""

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from kernel.origin import same_origin_only
from lms.accounts.api import User
from lms.assessments.api import remember_as

from .roles import BY_KEY, Visitor


@require_POST
@same_origin_only
@login_not_required
def visit(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as the demonstration's person for `key` (nobody for a citizen) and go to their page."""
    visitor = BY_KEY.get(key)
    if visitor is None:
        raise Http404
    if request.user.is_authenticated:
        logout(request)
    if visitor.email:
        login(request, User.objects.get(email=visitor.email))
        if visitor.audience:
            remember_as(request, visitor.audience)
    response = HttpResponseRedirect(_page(visitor))
    response.status_code = 303
    return response


def _page(visitor: Visitor) -> str:
    """Return their page in the reader's language; /cms/ has one address for all."""
    is_translated = get_language() == "en" and not visitor.page.startswith("/cms/")
    return f"/en{visitor.page}" if is_translated else visitor.page
