"""What the views of learning share: who is asking, where one goes next, what is refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from kernel.errors import SocleError
from kernel.refusals import refuse
from themes.preferences import carry


def reader_id(request: HttpRequest) -> int | None:
    """Return the signed-in person's id, or None; without a session cookie nothing is read."""
    return request.user.pk if request.user.is_authenticated else None


def see_other(request: HttpRequest, url: str) -> HttpResponse:
    """Return a 303 to `url`, with the reader's preferences."""
    response = HttpResponseRedirect(carry(request, url))
    response.status_code = 303
    return response


def tells_refusals(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Turn what is refused into the page that says so; what a form brought is never kept by caches."""

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
