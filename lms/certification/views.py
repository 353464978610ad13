"""Pages of the certification."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def certification(request: HttpRequest) -> HttpResponse:
    """Say where the certification stands: not open yet, and what one can do meanwhile."""
    return render(request, "certification/certification.html")
