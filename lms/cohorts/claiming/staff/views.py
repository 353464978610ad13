"""/pilotage/inscriptions/cohorte/<uuid>/: who has taken their place, and the letters and the code for the others."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.errors import NotFound
from themes.answering import see_other, what_was_done

from ...access import NOT_YOURS, find_cohort
from ...models import Cohort
from ...requests import access_for
from .. import codes, letters, services
from ..keeping import places_of_cohort

DONE = {
    "lettres": _("Les lettres s’écrivent, puis partent l’une après l’autre."),
    "personne": _(
        "Aucune lettre à écrire : chacun a pris sa place, a été invité ces trois derniers jours, ou n’a pas d’adresse."
    ),
    "code": _("La cohorte a un nouveau code. L’ancien n’ouvre plus rien."),
    "retire": _("Le code est retiré : il n’ouvre plus rien."),
    "liberee": _("La place est libre. Envoyez une lettre à qui elle revient, ou donnez-lui le code."),
}
REFUSED = {
    "numero": _("Rien n’a changé : personne ne tient de place avec ce numéro dans cette cohorte."),
    "confirmer": _("Rien n’a changé : cochez la case pour confirmer."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def places(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the places of a cohort; write letters, renew or withdraw its code."""
    cohort = _cohort(request, uuid)
    here = reverse("cohorts:places", args=[cohort.uuid])
    if request.method == "POST":
        return see_other(request, here, _do(request, cohort))
    found = places_of_cohort(cohort, clock.now())
    context = {
        "cohort": cohort,
        "places": found,
        "code": codes.spaced(found.code.code) if found.code else "",
        "code_address": _address(request, found.code.code) if found.code else "",
        "minutes": _minutes(found.to_write),
        "done": what_was_done(request, DONE),
        "refused": what_was_done(request, REFUSED),
        "here": here,
    }
    return render(request, "cohorts/claiming/places.html", context)


def _cohort(request: HttpRequest, uuid: UUID) -> Cohort:
    access = access_for(request)
    cohort = find_cohort(access, uuid)
    if not access.coordinates(cohort.institution):
        raise NotFound(NOT_YOURS)
    return cohort


def _do(request: HttpRequest, cohort: Cohort) -> str:
    """Do what the button says; return what was done."""
    access, now = access_for(request), clock.now()
    if "code" in request.POST and cohort.closed_at is None:
        codes.renew(cohort=cohort, access=access, now=now)
        return "code"
    if "retirer" in request.POST:
        codes.withdraw(cohort=cohort, access=access, now=now)
        return "retire"
    if "liberer" in request.POST:
        return _release(request, cohort)
    count = letters.write_to_all(
        cohort=cohort,
        is_again=request.POST.get("encore") == "oui",
        address=lambda token: _address(request, token),
        access=access,
        now=now,
    )
    return "lettres" if count else "personne"


def _release(request: HttpRequest, cohort: Cohort) -> str:
    """Free a place that was wrongly taken, once it is confirmed."""
    if request.POST.get("sur") != "oui":
        return "confirmer"
    number = request.POST.get("numero", "").replace("\x00", "")[:40]
    try:
        services.release_place(access=access_for(request), cohort=cohort, number=number, now=clock.now())
    except NotFound:
        return "numero"
    return "liberee"


def _address(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("cohorts:join_code", args=[code]))


def _minutes(count: int) -> str:
    """Return how long the letters take to leave, in words."""
    minutes = -(-count // letters.PER_MINUTE)
    return ngettext("en une minute environ", "en %(n)d minutes environ", minutes) % {"n": minutes}
