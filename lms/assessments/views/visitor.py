"""Who is asking: a signed-in person, or nobody in particular."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language

from kernel.errors import SocleError
from kernel.refusals import refuse
from themes.preferences import carry

from .. import selectors
from ..errors import AttemptUnknown

LONGEST_DRAFT = 1200  # it travels in an address, which has its limits


def viewer_id(request: HttpRequest) -> int | None:
    """Return the signed-in person's id, or None; without a session cookie nothing is read."""
    return request.user.pk if request.user.is_authenticated else None


def address(name: str, *args: object) -> str:
    """Return the address of the page `name` of the assessments, in the reader's language."""
    return _address(name, args, get_language())


@lru_cache(maxsize=4096)
def _address(name: str, args: tuple[object, ...], language: str | None) -> str:
    """Compose it once: those of an attempt come back at each of its answers."""
    return reverse(f"assessments:{name}", args=args)


def see_other(request: HttpRequest, name: str, *args: object, query: str = "") -> HttpResponse:
    """Return a 303 to the page `name`, with the reader's preferences."""
    response = HttpResponseRedirect(carry(request, address(name, *args) + query))
    response.status_code = 303
    return response


def tells_refusals(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Turn what the services refuse into the page that says so; private pages are never kept by caches."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except AttemptUnknown as error:
            token = str(kwargs.get("token", ""))
            response = _sign_in(request, token) if _has_signed_out(request, token) else refuse(request, error)
        except SocleError as error:
            response = refuse(request, error)
        # A form shown again must survive the back button; everything else is never kept.
        response["Cache-Control"] = "private, max-age=0" if response.status_code == 422 else "no-store, private"
        response["X-Robots-Tag"] = "noindex"
        return response

    return told


def _has_signed_out(request: HttpRequest, token: str) -> bool:
    """Say whether the browser was signed in here and no longer is; a stranger is told nothing."""
    was_signed_in = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME} & request.COOKIES.keys()
    return bool(was_signed_in) and viewer_id(request) is None and selectors.belongs_to_someone(token)


def _sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Lead to signing in and back: to the same page, or to the question with what was typed."""
    here = request.get_full_path()
    if request.path.endswith("/reponse"):
        here = carry(request, address("question", token) + _draft(request))
    response = HttpResponseRedirect(carry(request, f"{reverse('account_login')}?{urlencode({'next': here})}"))
    response.status_code = 303
    return response


def _draft(request: HttpRequest) -> str:
    data = request.POST.copy()
    for name in ("key", "item", "unknown", "step", "gesture"):
        data.pop(name, None)
    draft = data.urlencode()
    return f"?{draft}" if draft and len(draft) <= LONGEST_DRAFT else ""
