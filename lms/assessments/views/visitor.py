"""Who is asking: a signed-in person, or nobody in particular."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from kernel.errors import SocleError
from kernel.origin import SAFE_METHODS, same_origin_only
from kernel.refusals import refuse, refuse_method
from themes.preferences import carry

from .. import selectors
from ..errors import AttemptUnknown

LONGEST_DRAFT = 1200  # it travels in an address, which has its limits
ANSWERS = ("/reponse", "/geste")
POSTED = "GET, HEAD, POST"  # the methods of an address that leads whoever comes to read elsewhere
NOT_TYPED = ("key", "item", "unknown", "step", "gesture", "csrfmiddlewaretoken")


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


def entrance(request: HttpRequest, page: str, here: str, **more: str) -> str:
    """Return the address to sign in or up (`page`) and come back `here`, with the reader's preferences."""
    return carry(request, f"{reverse(page)}?{urlencode({'next': here, **more})}")


def tells_refusals(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Turn what the services refuse into the page that says so; private pages are never kept by caches."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except AttemptUnknown as error:
            response = _nobodys(request, str(kwargs.get("token", "")), error)
        except SocleError as error:
            response = refuse(request, error)
        # A form shown again must survive the back button; everything else is never kept.
        response["Cache-Control"] = "private, max-age=0" if response.status_code == 422 else "no-store, private"
        response["X-Robots-Tag"] = "noindex"
        return response

    return told


def reads(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Serve a page of an attempt to be read: another method is a 405, not an out-of-date form; refusals are told."""
    # Exempt, because the check of forms comes first and would speak of a form to whoever sent none.
    return csrf_exempt(require_safe(tells_refusals(view)))


def receives(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Take what a situation sends: whoever comes to read is led to the situation; another method is a 405."""

    @wraps(view)
    def received(request: HttpRequest, token: str) -> HttpResponse:
        if request.method in SAFE_METHODS:
            return see_other(request, "question", token)
        if request.method != "POST":
            return refuse_method(request, POSTED)
        return view(request, token)

    return same_origin_only(tells_refusals(received))


def _nobodys(request: HttpRequest, token: str, error: AttemptUnknown) -> HttpResponse:
    """Lead whoever was signed in here to signing in again; tell everybody else that the address is unknown.

    Somebody without a session may sign in from there, whatever the address: nothing is told of what it holds.
    """
    if viewer_id(request) is not None or not token:
        return refuse(request, error)
    here, end = _way_back(request, token)
    if not _has_signed_out(request, token):
        return refuse(request, error, sign_in=_sign_in(request, here, end))
    response = HttpResponseRedirect(_sign_in(request, here, end or "page"))
    response.status_code = 303
    return response


def _has_signed_out(request: HttpRequest, token: str) -> bool:
    """Say whether the browser was signed in here and no longer is; a stranger is told nothing."""
    was_signed_in = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME} & request.COOKIES.keys()
    return bool(was_signed_in) and selectors.belongs_to_someone(token)


def _way_back(request: HttpRequest, token: str) -> tuple[str, str]:
    """Return where to come back to once signed in, and what became of the answer that was sent, if one was.

    That is the same page, or the situation with what was typed: `reponse`; `perdue` when it is too long to travel.
    """
    if not request.path.endswith(ANSWERS):
        return request.get_full_path(), ""
    draft, question = _draft(request), address("question", token)
    if len(draft) > LONGEST_DRAFT:
        return carry(request, question), "perdue"
    return carry(request, f"{question}?retour=1&{draft}"), "reponse"


def _sign_in(request: HttpRequest, here: str, end: str) -> str:
    """Return the address to sign in and come back `here`; `fin` says what ended (account/login.html)."""
    return entrance(request, "account_login", here, **({"fin": end} if end else {}))


def _draft(request: HttpRequest) -> str:
    data = request.POST.copy()
    for name in NOT_TYPED:
        data.pop(name, None)
    return data.urlencode()
