"""The team's page: who holds which role, invitations, ends."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kernel import clock
from kernel.errors import NotFound, SocleError
from themes.answering import put_refusal, see_other, what_was_done

from ..access import NOT_YOURS, find_managed_institution
from ..invitations import services as invitations
from ..models import Institution, Invitation, RoleGrant
from ..pages import PAGE, after_last_day, ensure_near, last_day
from ..requests import access_for
from ..types import Access
from . import services
from .forms import ExpiryForm, InvitationForm
from .selectors import Team, managed_houses, team_of

DONE = {
    "invite": _("L’invitation est partie. Elle est valable quatorze jours."),
    "retiree": _("L’invitation est retirée : son lien ne mène plus à rien."),
    "role": _("Le rôle est retiré. La personne ne voit plus rien de l’établissement à ce titre."),
    "fin": _("La date de fin est enregistrée."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def team(request: HttpRequest) -> HttpResponse:
    """Show the team of an institution, and invite somebody to it."""
    access = access_for(request)
    institution = _institution(request, access)
    roles = invitations.givable_roles(access, institution)
    form = InvitationForm(request.POST or None, roles=roles, institution=institution, initial={"role": roles[0]})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _invite(request, access, institution, form.cleaned_data)
            except SocleError as error:
                status = put_refusal(form, error)
            else:
                return see_other(request, _address(institution), "invite")
    shown = team_of(access, institution, clock.now())
    return render(request, "cohorts/team/team.html", _context(request, shown, form), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person's role, set its end, or take it away."""
    access, now = access_for(request), clock.now()
    row = _grant(access, pk)
    zone = row.institution.time_zone if row.institution else "Europe/Paris"
    form = ExpiryForm(request.POST or None, initial={"until": last_day(row.expires_at, zone)})
    status = 200
    if request.method == "POST":
        status = 422
        try:
            done = _change(request, access, row, form, zone)
        except SocleError as error:
            form.is_valid()
            status = put_refusal(form, error)
        else:
            if done:
                return see_other(request, _address(row.institution), done)
    context = {"grant": row, "form": form, "now": now, "back": _address(row.institution)}
    return render(request, "cohorts/team/grant.html", context, status=status)


@require_POST
@never_cache
def revoke(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Take an invitation back."""
    access = access_for(request)
    row = Invitation.objects.visible_to(access).select_related("institution").filter(uuid=uuid).first()
    if row is None:
        raise NotFound(NOT_YOURS)
    invitations.revoke(invitation=row, actor_id=access.user_id, now=clock.now())
    return see_other(request, _address(row.institution), "retiree")


def _institution(request: HttpRequest, access: Access) -> Institution | None:
    """Return the institution asked for, else the first one kept; None is the platform, for its administrators."""
    key = request.GET.get("etablissement", "")
    if key:
        return find_managed_institution(access, key)
    if access.is_platform_staff:
        return None
    houses = managed_houses(access)
    if not houses:
        raise NotFound(NOT_YOURS)
    return houses[0]


def _grant(access: Access, pk: int) -> RoleGrant:
    rows = RoleGrant.objects.visible_to(access).select_related("user", "institution", "cohort")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound(NOT_YOURS)
    return row


def _invite(request: HttpRequest, access: Access, institution: Institution | None, said: dict[str, Any]) -> None:
    zone, now = institution.time_zone if institution else "Europe/Paris", clock.now()
    ensure_near(said["until"], now, field="until")
    invitations.invite(
        access=access,
        institution=institution,
        role=said["role"],
        email=said["email"],
        cohort=said.get("cohort"),
        role_expires_at=after_last_day(said["until"], zone),
        address=lambda token: request.build_absolute_uri(reverse("cohorts:invitation", args=[token])),
        now=now,
    )


def _change(request: HttpRequest, access: Access, row: RoleGrant, form: ExpiryForm, zone: str) -> str:
    """Do what the button said; return what was done, or nothing when the form has to be filled in again."""
    now = clock.now()
    if "retirer" in request.POST:
        services.remove(access=access, grant=row, now=now)
        return "role"
    if not form.is_valid():
        return ""
    ensure_near(form.cleaned_data["until"], now, field="until")
    expires_at = after_last_day(form.cleaned_data["until"], zone)
    services.set_expiry(access=access, grant=row, expires_at=expires_at, now=now)
    return "fin"


def _address(institution: Institution | None) -> str:
    return reverse("cohorts:team") + (f"?etablissement={institution.key}" if institution else "")


def _context(request: HttpRequest, shown: Team, form: InvitationForm) -> dict[str, Any]:
    now = clock.now()
    page = Paginator(shown.grants, PAGE).get_page(request.GET.get("page"))
    return {
        "team": shown,
        "page": page,
        "people": [{"grant": row, "until": last_day(row.expires_at, shown.zone)} for row in page],
        "invitations": list(shown.invitations[:PAGE]),
        "form": form,
        "done": what_was_done(request, DONE),
        "now": now,
        "here": _address(shown.institution),
        "is_platform_staff": access_for(request).is_platform_staff,
    }
