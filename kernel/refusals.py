"""How a refusal is told: JSON to programs, a page to people, always with the sentence."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import TemplateDoesNotExist
from django.template.loader import select_template
from django.utils.translation import get_language

from .errors import Invalid, MethodNotAllowed, SocleError

PROGRAM_PATHS = ("/api/", "/xapi/")


def is_for_program(request: HttpRequest) -> bool:
    """Say whether the address is one that programs call."""
    return request.path_info.startswith(PROGRAM_PATHS)


def error_body(error: SocleError) -> dict[str, dict[str, str]]:
    """Return {"error": {"code", "message"}}, with "field" when one is named."""
    body = {"code": error.code, "message": error.sentence}
    if isinstance(error, Invalid) and error.field:
        body["field"] = error.field
    return {"error": body}


def refuse(request: HttpRequest, error: SocleError, **context: Any) -> HttpResponse:
    """Return the refusal of `request` for `error`: themes' page of its status or of any, drawn without the database."""
    if is_for_program(request):
        return JsonResponse(error_body(error), status=error.status)
    return HttpResponse(_page(error, {"request": request, **context}), status=error.status)


def refuse_method(request: HttpRequest, allowed: str) -> HttpResponse:
    """Return the refusal of the request's method; `allowed`: those that the address has, as `Allow` says them."""
    response = refuse(request, MethodNotAllowed())
    response["Allow"] = allowed
    return response


def _page(error: SocleError, context: dict[str, Any]) -> str:
    # Not as a request: context processors could ask the database, which may be what is away.
    try:
        template = select_template([f"{error.status}.html", "refusal.html"])
    except TemplateDoesNotExist:
        return _bare_page(error)
    return str(template.render({"sentence": error.sentence, "status": error.status, **context}))


def _bare_page(error: SocleError) -> str:
    from django.utils.html import format_html

    page = '<!doctype html><html lang="{}"><meta charset="utf-8"><title>{}</title><main><h1>{}</h1><p>{}</p></main>'
    title = f"{error.status} {HTTPStatus(error.status).phrase}"
    return format_html(page + "</html>", get_language() or "fr", title, title, error.sentence)
