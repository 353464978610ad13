"""One's own path: every module that is left, in order, each with its reason."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.accounts.api import User
from lms.assessments import api as assessments
from lms.learning.audiences import AUDIENCES
from lms.learning.path import path_of

FIRST = 5


@require_safe
@never_cache
def path_page(request: HttpRequest) -> HttpResponse:
    """Show a signed-in person their path; `?public=` chooses for whom, the last measure otherwise."""
    assert isinstance(request.user, User)
    standing = assessments.standing_of(request.user.pk)
    known = dict(AUDIENCES)
    asked = request.GET.get("public", "")
    audience = asked if asked in known else standing.audience if standing else "student"
    steps = path_of(request.user, get_language() or "fr", audience)
    context = {
        "first": steps[:FIRST],
        "then": steps[FIRST:],
        "minutes": sum(step.minutes for step in steps),
        "is_measured": standing is not None,
        "audience": audience,
        "audiences": [{"key": key, "label": label, "is_on": key == audience} for key, label in AUDIENCES],
    }
    return render(request, "learning/path.html", context)
