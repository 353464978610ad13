"""Pages for ambassadors of Mon espace santé."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def ambassadors(request: HttpRequest) -> HttpResponse:
    """Say how to use the citizens' test with a group, today, without a name anywhere."""
    return render(request, "outreach/ambassadors.html")
