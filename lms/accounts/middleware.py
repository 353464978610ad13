"""Whoever a session is of is told to the database before anything of theirs is read."""

from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from kernel import actors

from .backends import recognising


class RecognisingMiddleware(AuthenticationMiddleware):
    """Django's own, whose lazy person is recognised when they are first asked for: nothing is read without a cookie."""

    def process_request(self, request: HttpRequest) -> None:
        """Put the person of the session in the request."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _recognised(request))  # type: ignore[assignment]


def _recognised(request: HttpRequest) -> Any:
    with recognising(request.session):
        user = get_user(request)
    actors.recognise(user.pk)
    return user
