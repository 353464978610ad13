"""An answer is small: a body that is not is refused before it is read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from kernel.errors import SocleError, TooLarge
from kernel.refusals import refuse

LARGEST_BODY = 64 * 1024
PATHS = tuple(
    prefix + path
    for prefix in ("/", "/en/")
    for path in ("evaluation/", "api/v1/attempts", "parcours/-/", "profil/revisions/")
)


class AnswerTooLarge(TooLarge):
    default_sentence = _("Cette réponse est trop longue : 64 Ko au plus. Raccourcissez-la, puis renvoyez-la.")


class LengthUnreadable(SocleError):
    """`Content-Length` is not a number, which Django would only find out in the middle of a view."""

    code = "length_unreadable"


class LengthMissing(SocleError):
    """A body in pieces does not say its length: Django would read it as empty, and an answer would seem to be taken."""

    status = 411
    code = "length_required"
    default_sentence = _("Cet envoi ne dit pas sa longueur (Content-Length) : rien n’a été enregistré.")


class SittingBodyLimit:
    """Refuse, where answers are sent, a body over LARGEST_BODY (413, with the sentence) or of unknown length."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and request.path_info.startswith(PATHS):
            try:
                _check_length(request)
            except SocleError as error:
                return refuse(request, error, back=_situation(request))
        return self.get_response(request)


def _situation(request: HttpRequest) -> str:
    """Return the address of the situation that an answer came from, if it is one."""
    place, _slash, last = request.path.rpartition("/")
    return f"{place}/" if last in {"reponse", "geste"} else ""


def _check_length(request: HttpRequest) -> None:
    if request.META.get("HTTP_TRANSFER_ENCODING"):
        raise LengthMissing
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        raise LengthUnreadable
    if len(length) > len(str(LARGEST_BODY)) or int(length) > LARGEST_BODY:
        raise AnswerTooLarge
