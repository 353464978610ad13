"""Whom a session is of, without reading them twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

_session: ContextVar[Any] = ContextVar("socle_session", default=None)


@contextmanager
def recognising(session: Any) -> Iterator[None]:
    """Let the backend take, while the block lasts, the person who came with this session's row."""
    before = _session.set(session)
    try:
        yield
    finally:
        _session.reset(before)


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth is not typed
    """allauth's own; it need not read again whoever came with the session."""

    def get_user(self, user_id: Any) -> Any:
        """Return the account `user_id`, if it may sign in."""
        person = getattr(_session.get(), "person", None)
        if person is None or person.pk != user_id:
            return super().get_user(user_id)
        return person if self.user_can_authenticate(person) else None
