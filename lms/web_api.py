"""The API of the platform: one door, /api/v1/, whose description is complete, errors included."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from kernel.errors import Invalid, MethodNotAllowed, NotFound, SocleError
from kernel.refusals import refuse, refuse_method
from lms.assessments.errors import KeyMissing
from lms.assessments.rest import KEY
from lms.assessments.rest import router as attempts
from lms.learning.rest import router as modules


class Unreadable(SocleError):
    """The body is not JSON, or not an object that we can read."""

    code = "unreadable"
    default_sentence = _("Le corps de la requête n’est pas un objet JSON lisible.")


# What pydantic finds wrong, by its own names (https://docs.pydantic.dev/latest/errors/validation_errors/).
WRONG = {
    "missing": _("ce champ manque."),
    "extra_forbidden": _("ce champ n’existe pas."),
    "string_type": _("un texte est attendu."),
    "dict_type": _("un objet est attendu."),
    "literal_error": _("l’une de ces valeurs est attendue : %(expected)s."),
    "string_too_short": _("le texte est trop court : %(min_length)s signes au moins."),
    "string_too_long": _("le texte est trop long : %(max_length)s signes au plus."),
    "string_pattern_mismatch": _("le texte n’a pas la forme attendue : %(pattern)s."),
}


web_api = NinjaAPI(
    title="Socle",
    version="1",
    description="Assess and teach digital-health skills. Attempts are anonymous unless a session cookie says who asks.",
    docs_url=None,
    urls_namespace="api",
)
web_api.add_router("/attempts", attempts)
web_api.add_router("/modules", modules)


@web_api.exception_handler(SocleError)
def told(request: HttpRequest, error: Any) -> HttpResponse:
    """Say the sentence, with the status of the error."""
    return refuse(request, error)


@web_api.exception_handler(ValidationError)
def misshapen(request: HttpRequest, error: Any) -> HttpResponse:
    """Name the first field that is wrong."""
    first = error.errors[0]
    if first["loc"][0] == "header" and not request.headers.get(KEY):
        return refuse(request, KeyMissing())
    field = ".".join(str(part) for part in first["loc"][1:] if part != "body")
    if not field:
        return refuse(request, Unreadable())
    known = WRONG.get(first["type"])
    wrong = known % _said(first.get("ctx", {})) if known else first["msg"]
    return refuse(request, Invalid(_("%(field)s : %(wrong)s") % {"field": field, "wrong": wrong}, field=field))


def _said(context: dict[str, Any]) -> dict[str, str]:
    """Return what a sentence of WRONG tells; a list of values is pydantic's, "'a', 'b' or 'c'"."""
    return {name: str(value).replace(" or ", ", ") for name, value in context.items()}


@web_api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    """Refuse in our own words what the framework could not parse."""
    return refuse(request, Unreadable())


def told_in_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Have a view of the API refuse a method as it refuses everything else: the framework would in plain text."""

    @wraps(view)
    def told_so(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _asked(view, request, *args, **kwargs)
        if response.status_code != MethodNotAllowed.status:
            return response
        return refuse_method(request, response["Allow"].replace("GET", "GET, HEAD"))

    return told_so


def _asked(view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Answer HEAD as GET, which the framework does not know; the server sends no body to who asked with HEAD."""
    if request.method != "HEAD":
        return view(request, *args, **kwargs)
    request.method = "GET"
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = "HEAD"


@csrf_exempt
@login_not_required
def nowhere(request: HttpRequest) -> HttpResponse:
    """Tell programs that an address is not there, as they read everything else."""
    return refuse(request, NotFound())
