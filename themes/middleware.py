"""What a reader asked of the display follows them through every redirect, those of other people's code too."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .preferences import carry

REDIRECTS = range(300, 400)


class CarryWishes:
    """Add `?p=…` to the addresses of this site that a page with wishes redirects to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in REDIRECTS and "p" in request.GET:
            response["Location"] = _carried(request, response["Location"])
        return response


def _carried(request: HttpRequest, url: str) -> str:
    path, mark, place = url.partition("#")
    is_ours = path.startswith("/") and not path.startswith("//")
    has_wishes = "?p=" in path or "&p=" in path
    return carry(request, path) + mark + place if is_ours and not has_wishes else url
