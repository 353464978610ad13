"""Following an invitation's link: what it offers, what is missing to accept it, accepting."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kernel import clock
from lms.accounts.api import User
from themes.answering import see_other

from ..errors import InvitationExpired, InvitationForAnother, InvitationUsed
from ..models import Invitation, RoleGrant
from . import services

# What is over answers so; what is not yours yet, when you insist.
STATUS = {"used": 410, "ended": 410, "expired": 410}


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the link offers to whoever follows it; accept it for whoever has proved the address."""
    if request.method == "POST" and request.user.is_authenticated:
        return _accept(request, token)
    found = services.read(token)
    state = _state(request, found)
    return _page(request, token, found, state)


@login_not_required
@require_POST
@never_cache
def ask_again(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for another letter once this one is too old. The page that follows says the same whoever asked."""
    team = request.build_absolute_uri(reverse("cohorts:team"))
    services.ask_again(token=token, team_address=team, now=clock.now())
    return see_other(request, reverse("cohorts:invitation", args=[token]), "demande")


def _accept(request: HttpRequest, token: str) -> HttpResponse:
    assert isinstance(request.user, User)
    try:
        grant = services.accept(token=token, user=request.user, now=clock.now())
    except (InvitationUsed, InvitationExpired, InvitationForAnother):
        found = services.read(token)
        return _page(request, token, found, _state(request, found))
    return see_other(request, _landing(grant))


def _landing(grant: RoleGrant) -> str:
    """Return the page on which a role begins."""
    names = {RoleGrant.Role.INVIGILATOR: "certification:certification", RoleGrant.Role.PILOT: "dashboards:national"}
    return reverse(names.get(RoleGrant.Role(grant.role), "dashboards:pilot"))


def _state(request: HttpRequest, found: Invitation) -> str:
    """Return what there is to do with it: one word, on which the page and its status depend."""
    if found.accepted_at is not None:
        if found.accepted_by_id is None or found.accepted_by_id != request.user.pk:
            return "used"
        return "mine" if services.is_held(found, clock.now()) else "ended"
    if found.expires_at <= clock.now():
        return "expired"
    if not isinstance(request.user, User):
        return "stranger"
    if services.proves(request.user, found.email):
        return "ready"
    return "unproved" if request.user.email.lower() == found.email else "other"


def _page(request: HttpRequest, token: str, found: Invitation, state: str) -> HttpResponse:
    is_post = request.method == "POST"
    status = STATUS.get(state, 409 if is_post and state in ("other", "unproved") else 200)
    here = reverse("cohorts:invitation", args=[token])
    context: dict[str, Any] = {
        "invitation": found,
        "state": state,
        "address": masked(found.email),
        "here": here,
        "again": reverse("cohorts:invitation_again", args=[token]),
        "is_asked": found.asked_again_at is not None,
        "landing": reverse("dashboards:pilot"),
    }
    response = render(request, "cohorts/invitations/invitation.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response


def masked(email: str) -> str:
    """Return an address that its owner recognises and nobody else learns: c•••@univ.example."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}"
