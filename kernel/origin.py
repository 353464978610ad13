"""Protection of forms that carry no cookie: the browser says where a POST comes from."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from .errors import Forbidden
from .refusals import refuse

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
DEFAULT_PORTS = {"http": "80", "https": "443"}


class ForeignOrigin(Forbidden):
    """Another site is sending the form."""

    code = "foreign_origin"
    default_sentence = _("Cet envoi vient d’un autre site : il a été refusé. Recommencez depuis nos pages.")


def check_origin(request: HttpRequest) -> None:
    """Raise ForeignOrigin when the browser says that a writing request comes from elsewhere.

    A missing Origin is accepted: an anonymous attempt carries no ambient authority that another site could borrow.
    """
    if request.method in SAFE_METHODS:
        return
    origin = request.headers.get("Origin")
    if origin is not None and not _is_ours(origin, request):
        raise ForeignOrigin
    if origin is None and request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        raise ForeignOrigin
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise ForeignOrigin


def same_origin_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Replace the CSRF token, which needs a cookie, by the origin check; a refusal is a 403 that says why."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            check_origin(request)
        except ForeignOrigin as error:
            return refuse(request, error)
        return view(request, *args, **kwargs)

    return csrf_exempt(checked)


def _is_ours(origin: str, request: HttpRequest) -> bool:
    """Compare with the host the request came for (the proxy's host); `null` is nobody's."""
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    is_scheme_right = parts.scheme == "https" if request.is_secure() else parts.scheme in DEFAULT_PORTS
    return is_scheme_right and _host(parts.netloc) == _host(request.get_host())


def _host(netloc: str) -> str:
    """Drop a default port, which browsers leave out and some proxies add."""
    name, _, port = netloc.rpartition(":")
    return (name if name and port in DEFAULT_PORTS.values() else netloc).lower()
