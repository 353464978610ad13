"""Anyone can verify a certificate: no account, no cookie."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from themes.preferences import carry

from .api import verify
from .codes import normal
from .forms import CodeForm
from .types import Verdict


@login_not_required
@require_safe
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for a code; once one is given, lead to its page."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return _to(request, form.cleaned_data["code"])
    return render(request, "certificates/enter.html", {"form": form}, status=422 if form.is_bound else 200)


@login_not_required
@never_cache
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Say in plain words whether the certificate is valid, revoked or unknown."""
    stored = normal(code)
    if stored and stored != code:
        return _to(request, stored)
    found = verify(code)
    context = {"verification": found, "form": CodeForm()}
    response = render(request, f"certificates/{found.verdict}.html", context, status=_status(found.verdict))
    # A certificate names a person: its page is for whoever holds the code, not for search engines.
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


def _to(request: HttpRequest, code: str) -> HttpResponse:
    return HttpResponseRedirect(carry(request, reverse("certificates:verify", args=[code])))


def _status(verdict: Verdict) -> int:
    return 404 if verdict is Verdict.UNKNOWN else 200
