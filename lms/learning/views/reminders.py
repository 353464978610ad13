"""The reminder of one's reviews: asked for, changed, stopped from the letter itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kernel import clock
from kernel.origin import same_origin_only
from lms.learning.review import reminding

from .reader import reader_id, see_other, tells_refusals

LAST_HOUR = 23


@require_POST
@same_origin_only
@tells_refusals
def remind(request: HttpRequest) -> HttpResponse:
    """Keep whether one wants to be reminded, and when."""
    owner_id, hour = reader_id(request), request.POST.get("heure", "")
    assert owner_id is not None
    is_hour = hour.isascii() and hour.isdigit() and int(hour[:3]) <= LAST_HOUR
    reminding.set_reminder(
        owner_id=owner_id,
        is_on=request.POST.get("rappel") == "oui",
        hour=int(hour[:3]) if is_hour else 18,
        now=clock.now(),
    )
    return see_other(request, f"{reverse('own:reviews')}#rappel")


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_only
@tells_refusals
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once, then stop the reminder; the link is enough, without signing in."""
    owner_id = reminding.owner_of(token)
    if owner_id is not None and request.method == "POST":
        reminding.stop(owner_id, clock.now())
        return render(request, "learning/review/stopped.html", {"is_stopped": True, "is_known": True})
    context = {"is_stopped": False, "is_known": owner_id is not None}
    return render(request, "learning/review/stopped.html", context, status=200 if owner_id is not None else 404)
