"""One’s own second factor: to set up, to give, to replace."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from urllib.parse import urlencode

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock
from themes.preferences import carry

from ..models import User
from . import services
from .forms import ProveForm, SetUpForm
from .proof import codes_of, factor_of, is_fresh, is_freshly_proved, note_proof
from .qr import qr_svg
from .staff import is_staff

SECRET: Final = "second_factor.secret"  # noqa: S105 - the name under which the session keeps it until its first code
BY_FOUR: Final = 4
View = Callable[[HttpRequest], HttpResponse]


def _after_a_code(view: View) -> View:
    """Ask for a code first, unless one was given lately: an open session alone changes nothing here."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        person = _person(request)
        if factor_of(person) is None:
            return _go(request, "mfa_index")
        if not is_freshly_proved(request, person, clock.now()):
            here = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("mfa_index")
            return _go(request, "mfa_reauthenticate", here)
        return view(request)

    return guarded


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Say whether there is a second factor, since when, and what may be done about it."""
    person = _person(request)
    return render(
        request,
        "second_factor/index.html",
        {"factor": factor_of(person), **_codes(person), "is_asked": _is_asked(person)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def set_up(request: HttpRequest) -> HttpResponse:
    """Give a key to an application, and take its first code."""
    person = _person(request)
    if factor_of(person) is not None:
        return _go(request, "mfa_index")
    if not is_fresh(request, person, clock.now()):
        return _go(request, "account_reauthenticate", request.get_full_path())
    secret = request.session.setdefault(SECRET, generate_totp_secret())
    form = SetUpForm(request.POST if request.method == "POST" else None, user=person, secret=secret)
    if request.method == "POST" and form.is_valid():
        services.set_up(user=person, secret=secret, now=clock.now())
        del request.session[SECRET]
        note_proof(request, person)
        return _go(request, "mfa_view_recovery_codes", _next(request))
    return render(request, "second_factor/set_up.html", _key(person, secret, form), status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@_after_a_code
def codes(request: HttpRequest) -> HttpResponse:
    """Show the recovery codes until the person says they have them, then never again."""
    person = _person(request)
    if request.method == "POST":
        services.note_codes_kept(user=person)
        return _see_other(request, _next(request) or reverse("mfa_index"))
    return _codes_page(request)


@require_safe
@never_cache
@_after_a_code
def download(request: HttpRequest) -> HttpResponse:
    """Return the recovery codes as a text, as long as their page shows them; then there is no such file: 404."""
    shown = _codes(_person(request))["codes"]
    if not shown:
        return _codes_page(request, status=404)
    lines = [_("Socle – codes de secours de %(email)s") % {"email": _person(request).email}, "", *shown, ""]
    response = HttpResponse("\r\n".join(lines), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="socle-codes-de-secours.txt"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def renew(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes, and show them; whoever opens the address is led to its form."""
    return _renewed(request) if request.method == "POST" else _go(request, "mfa_index")


@_after_a_code
def _renewed(request: HttpRequest) -> HttpResponse:
    services.renew_codes(user=_person(request), now=clock.now())
    return _go(request, "mfa_view_recovery_codes")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@_after_a_code
def remove(request: HttpRequest) -> HttpResponse:
    """Ask once, then take the second factor away."""
    person = _person(request)
    if request.method != "POST":
        return render(request, "second_factor/remove.html", {"is_asked": _is_asked(person)})
    services.remove(user=person, now=clock.now())
    return _go(request, "mfa_index")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def prove(request: HttpRequest) -> HttpResponse:
    """Take a code in a session that is open already, then go where one wanted to go."""
    person = _person(request)
    if factor_of(person) is None:
        return _go(request, "mfa_index")
    form = ProveForm(request.POST if request.method == "POST" else None, user=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        note_proof(request, person)
        return _see_other(request, _next(request) or reverse("mfa_index"))
    return render(request, "second_factor/prove.html", {"form": form}, status=422 if form.errors else 200)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _is_asked(person: User) -> bool:
    return bool(settings.SECOND_FACTOR_FOR_STAFF) and is_staff(person, clock.now())


def _key(person: User, secret: str, form: SetUpForm) -> dict[str, object]:
    """Return what the page of a new key shows: the square, the same thing as text, as a link, and the form."""
    url = get_adapter().build_totp_url(person, secret)
    square = qr_svg(url, label=_("Carré à faire lire par l’application ; la clé est écrite juste après."))
    groups = [secret[at : at + BY_FOUR] for at in range(0, len(secret), BY_FOUR)]
    return {"square": square, "groups": groups, "url": url, "form": form, "is_asked": _is_asked(person)}


def _codes_page(request: HttpRequest, status: int = 200) -> HttpResponse:
    context = {**_codes(_person(request)), "next": _next(request)}
    return render(request, "second_factor/codes.html", context, status=status)


def _codes(person: User) -> dict[str, Any]:
    """Return the recovery codes that are still shown, and how many are left, shown or not."""
    kept = codes_of(person)
    wrapped = kept.wrap() if kept else None
    unused = list(wrapped.get_unused_codes()) if wrapped else []
    return {"codes": [] if wrapped is None or wrapped.did_view else unused, "left": len(unused)}


def _next(request: HttpRequest) -> str:
    """Return where one wanted to go, when it is a page of ours."""
    page = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if is_ours else ""


def _go(request: HttpRequest, name: str, then: str = "") -> HttpResponse:
    return _see_other(request, resolve_url(name) + (f"?{urlencode({'next': then})}" if then else ""))


def _see_other(request: HttpRequest, url: str) -> HttpResponse:
    response = HttpResponseRedirect(carry(request, url))
    response.status_code = 303
    return response
