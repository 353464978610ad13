"""What a request knows of its reader's house: kept in the session when they sign in, and asked again each day.

So a page costs no statement more: the session is read anyway to know who is there.
"""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from kernel import clock
from themes.api import register_editors, register_membership

from .looks import editable_look_keys, look_key_of

KEPT = "look"


@register_membership
def house_of(request: HttpRequest) -> str:
    """Return the key of the look of the signed-in reader's house, or nothing."""
    key, day = request.session.get(KEPT, ("", ""))
    if day == _today():
        return str(key)
    return _remember(request, request.user.pk) if request.user.is_authenticated else ""


@register_editors
def coordinated_by(user_id: int) -> list[str]:
    """Return the keys of the looks that a coordinator may change."""
    return editable_look_keys(user_id=user_id, now=clock.now())


@receiver(user_logged_in, dispatch_uid="lms.cohorts.context.remember")
def remember(request: HttpRequest | None = None, user: Any = None, **kwargs: Any) -> None:
    """Note, as somebody signs in, the look of their house."""
    if request is not None and hasattr(request, "session"):
        _remember(request, user.pk)


def _remember(request: HttpRequest, user_id: int) -> str:
    key = look_key_of(user_id=user_id, now=clock.now())
    request.session[KEPT] = [key, _today()]
    return key


def _today() -> str:
    return timezone.localdate(clock.now()).isoformat()
