"""The page of definitions: public, the same for everyone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .reading import groups


@login_not_required
@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    """Say what each figure counts; each has its anchor."""
    return render(request, "dashboards/definitions.html", {"groups": groups()})
