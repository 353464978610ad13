"""The staff door: who opens other people’s data has given a second factor in this session.

An address is enough to know that a page is not one of staff: the pages of learners and citizens cost nothing more.
"""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from kernel import clock
from themes.preferences import carry

from ..models import User
from .proof import factor_of, is_proved
from .staff import is_staff

GUARDED: Final = ("/pilotage/", "/certification/", "/cms/", "/en/pilotage/", "/en/certification/")
# Entering leads to the one door; leaving asks nothing.
OPEN: Final = ("/cms/login/", "/cms/logout/")


class StaffDoor:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        """Lead staff to set up, or to give, a second factor; let everybody else go on to what the view says."""
        if not (settings.SECOND_FACTOR_FOR_STAFF and _is_guarded(request.path_info)):
            return None
        return _lead(request, request.user) if isinstance(request.user, User) else None


def _is_guarded(path: str) -> bool:
    return path.startswith(GUARDED) and not path.startswith(OPEN)


def _lead(request: HttpRequest, user: User) -> HttpResponse | None:
    factor = factor_of(user)
    if factor is not None and is_proved(request, user, factor):
        return None
    if not is_staff(user, clock.now()):
        return None
    page = reverse("mfa_activate_totp" if factor is None else "mfa_reauthenticate")
    response = HttpResponseRedirect(carry(request, f"{page}?{urlencode({'next': _wanted(request)})}"))
    response["Cache-Control"] = "no-store"  # once it is given, the same address opens
    return response


def _wanted(request: HttpRequest) -> str:
    """Return the page to come back to: for a form, the one that held it."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    page = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return urlsplit(page)._replace(scheme="", netloc="").geturl() if page and is_ours else request.path
