"""What an institution grants to sit a test: more time, pauses. The page asks for the adjustment, never for a reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.errors import Invalid, NotFound
from lms.cohorts.api import (
    Access,
    Accommodation,
    Institution,
    Student,
    accommodations,
    framing_access,
    grant_accommodation,
)

from .. import drafting, forms
from .answering import pages, see_other

DONE = {
    "amenage": gettext_lazy("C’est enregistré. Cela s’applique à ce que la personne commence à partir de maintenant.")
}
TIMES = tuple((str(value), label) for value, label in Accommodation.Time.choices)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def adjustments(request: HttpRequest) -> HttpResponse:
    """Show what is granted, fifty a page; grant, change or end it."""
    access = framing_access(request)
    houses = [house for house in drafting.institutions_for(access) if access.may_see_names(house)]
    if not houses:
        raise NotFound
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            _grant(request, access, houses)
            return see_other(request, "adjustments", said="amenage")
        except Invalid as error:
            errors[error.field] = error.sentence
    return _page(request, access, houses, errors)


def _grant(request: HttpRequest, access: Access, houses: list[Institution]) -> None:
    data = request.POST
    student = _student(access, houses, data.get("institution", ""), data.get("number", "").strip())
    pauses = forms.read_number(data.get("pauses", "0"))
    grant_accommodation(
        student=student,
        time_percent=forms.read_number(data.get("time", "100")) or 0,
        pause_minutes=-1 if pauses is None else pauses,
        actor_id=access.user_id,
        now=clock.now(),
    )


def _student(access: Access, houses: list[Institution], key: str, number: str) -> Student:
    rows = Student.objects.visible_to(access).filter(institution__in=houses, institution__key=key)
    found = rows.filter(student_number=number).order_by("pk").first() if number else None
    if found is None:
        raise Invalid(_("Aucun étudiant de cet établissement n’a ce numéro."), field="number")
    return found


def _page(request: HttpRequest, access: Access, houses: list[Institution], errors: dict[str, str]) -> HttpResponse:
    context: dict[str, Any] = {
        **pages(request, accommodations([house.pk for house in houses])),
        "houses": houses,
        "times": TIMES,
        "typed": {name: request.POST.get(name, "") for name in ("institution", "number", "time", "pauses")},
        "errors": errors,
        "done": DONE.get(request.GET.get("fait", ""), ""),
    }
    return render(request, "prescribing/adjustments.html", context, status=422 if errors else 200)
