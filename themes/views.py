"""The pages that say who answers for the site, what it keeps, and for whom it works."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kernel.models import Retention


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
    """Say that a request was not understood (handler400), as its reader reads."""
    return _told_plainly("400.html", request, 400)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something broke on our side (handler500), as its reader reads."""
    return _told_plainly("500.html", request, 500)


def _told_plainly(name: str, request: HttpRequest, status: int) -> HttpResponse:
    # Not as a request: what context processors ask for may be what broke.
    return HttpResponse(get_template(name).render({"request": request}), status=status)
