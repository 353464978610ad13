"""Who is asking: a signed-in person, or nobody in particular."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kernel.errors import SocleError
from kernel.refusals import refuse
from themes.preferences import carry


def viewer_id(request: HttpRequest) -> int | None:
    """Return the signed-in person's id, or None; without a session cookie nothing is read."""
    return request.user.pk if request.user.is_authenticated else None


def see_other(request: HttpRequest, name: str, *args: object, query: str = "") -> HttpResponse:
    """Return a 303 to the page `name`, with the reader's preferences."""
    response = HttpResponseRedirect(carry(request, reverse(f"assessments:{name}", args=args) + query))
    response.status_code = 303
    return response


def tells_refusals(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Turn what the services refuse into the page that says so; private pages are never kept by caches."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except SocleError as error:
            response = refuse(request, error)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex"
        return response

    return told
