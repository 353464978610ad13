"""What an institution grants to sit a test: more time, pauses. The page asks for the adjustment, never for a reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
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
    ensure_possible,
    find_numbered,
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
    """Show what is granted, fifty a page; grant, change or end it, once the name of whose number it is was read."""
    access = framing_access(request)
    seen = [house for house in drafting.institutions_for(access) if access.may_see_names(house)]
    houses = sorted(seen, key=lambda house: house.pk not in access.managed)  # one’s own before those attached to it
    if not houses:
        raise NotFound
    errors: dict[str, str] = {}
    found = None
    if request.method == "POST":
        try:
            found = _student(access, houses, request.POST.get("institution", ""), request.POST.get("number", ""))
            ensure_possible(**_typed(request.POST))
        except Invalid as error:
            errors[error.field] = error.sentence
        else:
            if request.POST.get("confirme") == str(found.uuid):
                grant_accommodation(student=found, actor_id=access.user_id, now=clock.now(), **_typed(request.POST))
                return see_other(request, "adjustments", said="amenage")
    return _page(request, access, houses, errors, found=None if errors else found)


def _typed(data: QueryDict) -> dict[str, int]:
    """Return what was typed, as a service takes it; what is no number is none that can be granted."""
    pauses = forms.read_number(data.get("pauses", "0"))
    time = forms.read_number(data.get("time", "100")) or 0
    return {"time_percent": time, "pause_minutes": -1 if pauses is None else pauses}


def _student(access: Access, houses: list[Institution], key: str, number: str) -> Student:
    rows = Student.objects.visible_to(access).filter(institution__in=houses, institution__key=key)
    found = find_numbered(rows, number)
    if found is None:
        raise Invalid(_("Aucun étudiant de cet établissement n’a ce numéro."), field="number")
    return found


def _page(
    request: HttpRequest, access: Access, houses: list[Institution], errors: dict[str, str], *, found: Student | None
) -> HttpResponse:
    context: dict[str, Any] = {
        **pages(request, accommodations([house.pk for house in houses])),
        "houses": houses,
        "times": TIMES,
        "found": found,
        "granted": _granted(request) if found else "",
        "typed": {name: request.POST.get(name, "") for name in ("institution", "number", "time", "pauses")},
        "errors": errors,
        "done": DONE.get(request.GET.get("fait", ""), ""),
    }
    return render(request, "prescribing/adjustments.html", context, status=422 if errors else 200)


def _granted(request: HttpRequest) -> str:
    """Say what is about to be granted, as it will be read."""
    typed = _typed(request.POST)
    time = str(Accommodation.Time(typed["time_percent"]).label)
    return _("%(time)s, %(minutes)d min de pause") % {"time": time, "minutes": typed["pause_minutes"]}
