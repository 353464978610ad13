"""One's own data: take it, or leave with everything; the one door of /cms/."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock
from kernel.errors import NotFound
from kernel.origin import same_origin_only
from themes.answering import put_refusal

from .errors import PersonOnHold
from .forms import LeaveForm
from .inactivity import ending
from .inactivity.letters import read_keep_token
from .models import InactivityNotice, User
from .services import erase_person, export_person, titles_of_shares
from .telling import how_many

NOT_YOURS = _("Cette page n’existe pas, ou n’est pas — ou plus — accessible avec vos rôles.")


@require_safe
@never_cache
def my_data(request: HttpRequest) -> HttpResponse:
    """Return everything kept of the person signed in."""
    response = JsonResponse(
        export_person(user=_person(request)), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="mes-donnees-socle.json"'
    return response


@require_safe
@never_cache
def data(request: HttpRequest) -> HttpResponse:
    """Say what is kept of the person signed in, and give the copy."""
    person = _person(request)
    export, titles = export_person(user=person), titles_of_shares()
    counts = {name: how_many(told) for name, told in export.items() if name != "account"}
    parts = [{"title": titles[name], "count": count} for name, count in counts.items() if count]
    return render(request, "accounts/data.html", {"parts": parts, "facts": _facts(person)})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@same_origin_only
def keep(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once, then keep the account; the link of the letter is enough, without signing in."""
    user_id = read_keep_token(token)
    is_known = user_id is not None and InactivityNotice.objects.filter(user_id=user_id).exists()
    is_kept = is_known and request.method == "POST" and ending.keep(user_id=user_id or 0, now=clock.now())
    context = {"is_known": is_known, "is_kept": is_kept}
    return render(request, "accounts/keep.html", context, status=200 if is_known else 404)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """Ask for the password again, and a code, then erase the account with everything that is the person's."""
    person, status = _person(request), 200
    form = LeaveForm(request.POST if request.method == "POST" else None, user=person)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                erase_person(user=person)
            except PersonOnHold as error:
                status = put_refusal(form, error)
            else:
                logout(request)
                return render(request, "accounts/left.html")
    return render(request, "accounts/leave.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_not_required
def enter_cms(request: HttpRequest) -> HttpResponse:
    """Lead to the site's own login, then back; raises NotFound for whoever is signed in and may not enter."""
    if request.user.is_authenticated:
        raise NotFound(NOT_YOURS)
    wanted = request.GET.get("next") or reverse("wagtailadmin_home")
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")


def _facts(person: User) -> list[tuple[Any, Any]]:
    return [
        (_("Adresse"), person.email),
        (_("Nom"), person.get_full_name() or _("Non donné")),
        (_("Langue"), gettext(person.get_language_display())),
        (_("Compte ouvert le"), date_format(person.date_joined, "j F Y")),
    ]


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
