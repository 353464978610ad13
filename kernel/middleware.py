"""What browsers may do with a page, the language of an address; and a 503 that gives back what was typed in a form."""

import logging
import sys
from collections.abc import Callable
from typing import Any

import psycopg
from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import UnreadablePostError
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .errors import MethodNotAllowed, SocleError
from .logs import pattern_of
from .refusals import is_for_program, refuse, refuse_method

logger = logging.getLogger(__name__)
# psycopg_pool.PoolTimeout is a psycopg.OperationalError.
AWAY = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
# SQLite calls a mistake in the schema or in a statement an OperationalError too: that is a bug, not an absence.
SQLITE_MISTAKES = ("no such ", "near ", "table ", "duplicate column", "ambiguous column", "unrecognized token")
RETRY_AFTER = 5
SECRETS = {"password", "password1", "password2", "oldpassword"}


class DatabaseAway(SocleError):
    """The database does not answer."""

    status = 503
    code = "unavailable"
    default_sentence = _("Le service est momentanément indisponible. Ce que vous avez saisi est gardé dans cette page.")


def is_away(error: BaseException | None) -> bool:
    """Say whether `error` means that the database is away, locked or out of connections."""
    return isinstance(error, AWAY) and not str(error).startswith(SQLITE_MISTAKES)


class DatabaseAwayMiddleware:
    """Turn an absence of the database anywhere in a request into a 503 that can be retried."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # Middlewares inside this one have their errors turned into a 500 before we see them: the signal tells us.
        got_request_exception.connect(_remember, dispatch_uid="kernel.database_away")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return _unavailable(request) if _was_away(request) and response.status_code == 500 else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a view that could not reach the database."""
        return _unavailable(request) if is_away(exception) else None


def _remember(sender: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
    if request is not None and is_away(sys.exc_info()[1]):
        request.META["kernel.database_away"] = True


def _was_away(request: HttpRequest) -> bool:
    return bool(request.META.get("kernel.database_away"))


def _unavailable(request: HttpRequest) -> HttpResponse:
    logger.warning("database away on %s %s", request.method, pattern_of(request), exc_info=True)
    fields = _typed(request)
    response = refuse(
        request,
        DatabaseAway(),
        action=request.get_full_path(),
        fields=fields,
        is_retry=bool(fields),
        retry_after=RETRY_AFTER,
    )
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what a form sent, as (name, value) pairs to send again with the same key; nothing if it holds a secret."""
    try:
        lists = list(request.POST.lists()) if request.method == "POST" else []
    except (UnreadablePostError, ValueError):
        return []
    if SECRETS & {name for name, _ in lists}:
        return []
    return [(name, str(value)) for name, values in lists for value in values]


class ContentPolicyMiddleware(CSPMiddleware):
    """Django-csp’s; the policy of a page that asks for nothing of its own is composed once."""

    @cached_property
    def usual(self) -> str:
        """The policy of settings."""
        return str(build_policy())

    @cached_property
    def excluded(self) -> tuple[str, ...]:
        """Where there is none."""
        return tuple(settings.CONTENT_SECURITY_POLICY["EXCLUDE_URL_PREFIXES"])

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Write the header; a page with wishes of its own has it composed for itself."""
        has_wishes = any(name.startswith("_csp_") for name in (*vars(response), *vars(request)))
        if has_wishes or settings.DEBUG or request.path_info.startswith(self.excluded):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.usual)
        return response


class LanguageMiddleware(LocaleMiddleware):
    """A page speaks the language of its address, whatever the browser asks; a program is answered in its own.

    Programs call addresses without a language: their `Accept-Language` counts, French without one.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Choose the language of the request."""
        super().process_request(request)
        if is_for_program(request):
            translation.activate(translation.get_language_from_request(request))
            request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Name the language; only what programs get varies with what they asked."""
        if is_for_program(request):
            return super().process_response(request, response)
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class RefusalMiddleware:
    """Answer a SocleError that a view let through with its sentence and its status: a page, or JSON to programs.

    A method that an address does not have is told so too: Django would send an empty page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_silent = response.status_code == MethodNotAllowed.status and not response.content
        return refuse_method(request, response["Allow"]) if is_silent else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Refuse, and let nobody keep the page: what is refused now may be granted later."""
        if not isinstance(exception, SocleError):
            return None
        response = refuse(request, exception)
        response["Cache-Control"] = "no-store"
        return response
