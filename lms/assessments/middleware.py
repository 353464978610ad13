"""An answer is small: a body that is not is refused before it is read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from kernel.errors import TooLarge
from kernel.refusals import refuse

LARGEST_BODY = 64 * 1024
PATHS = ("/evaluation/", "/en/evaluation/", "/api/v1/attempts")


class AnswerTooLarge(TooLarge):
    default_sentence = _("Cette réponse est trop longue : 64 Ko au plus. Raccourcissez-la, puis renvoyez-la.")


class SittingBodyLimit:
    """Refuse, on the addresses of a sitting, a body over LARGEST_BODY (413, with the sentence)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and request.path_info.startswith(PATHS) and _length(request) > LARGEST_BODY:
            return refuse(request, AnswerTooLarge())
        return self.get_response(request)


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
