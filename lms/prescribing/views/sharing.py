"""Who sees what of me, since when; give or withdraw my agreement at any time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.errors import NotFound
from lms.accounts.api import User
from lms.assessments.api import find_assignment
from lms.cohorts.api import grant_sharing, places_of, withdraw_sharing

from .. import joining, watching
from .answering import see_other

DONE = {
    "partage": _("C’est noté : votre détail par compétence est montré à partir de maintenant."),
    "retire": _("C’est noté : votre détail par compétence n’est plus montré, dès la page suivante."),
    "quitte": _("C’est noté : vous avez quitté cette demande. Ce que vous avez fait reste à vous."),
    "quitte-retire": _(
        "C’est noté : vous avez quitté cette demande, et votre détail par compétence n’est plus montré à cet"
        " établissement. Ce que vous avez fait reste à vous."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sharing(request: HttpRequest) -> HttpResponse:
    """Show who sees what; take what the person decides about it."""
    user, now = request.user, clock.now()
    assert isinstance(user, User)
    if request.method == "POST":
        return see_other(request, "sharing", said=_decide(request, user))
    context = {
        "houses": watching.houses_of(user, now),
        "held": places_of(user),
        "done": DONE.get(request.GET.get("fait", ""), ""),
    }
    return render(request, "prescribing/sharing.html", context)


def _decide(request: HttpRequest, user: User) -> str:
    """Do what was decided; return the name of the sentence that says so. Raises NotFound."""
    now = clock.now()
    if code := request.POST.get("quitter", ""):
        has_withdrawn = joining.leave(asked=find_assignment(code), user=user, now=now)
        return "quitte-retire" if has_withdrawn else "quitte"
    houses = {house.institution.key: house.institution for house in watching.houses_of(user, now)}
    institution = houses.get(request.POST.get("institution", ""))
    if institution is None:
        raise NotFound
    if request.POST.get("partage") == "oui":
        grant_sharing(user=user, institution=institution, now=now)
        return "partage"
    withdraw_sharing(user=user, institution=institution, now=now)
    return "retire"
