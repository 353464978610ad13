"""What a request knows of its reader's audience, one of three: where “Me situer” leads.

It is kept in the session as somebody signs in or begins a test, and asked again each day, as the look of their house
is: the session is read anyway, so that a page costs no statement more. Of somebody without a session nothing is read.
"""

from typing import Any, Final

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from kernel import clock
from lms.cohorts.api import is_enrolled

from . import selectors
from .models.offer import Audience

KEPT: Final = "audience"


def audience_of(request: HttpRequest) -> str:
    """Return the audience of the signed-in reader; nothing when it is not known, or nobody is signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    audience, day = request.session.get(KEPT, ("", ""))
    return str(audience) if day == _today() else remember(request, user.pk)


def remember(request: HttpRequest, user_id: int) -> str:
    """Keep in the session what is known of a person's audience, and return it; two reads at most."""
    return remember_as(request, _known(user_id))


def remember_as(request: HttpRequest, audience: str) -> str:
    """Keep in the session an audience that is known already, and return it."""
    kept = [audience, _today()]
    if request.session.get(KEPT) != kept:
        request.session[KEPT] = kept
    return audience


@receiver(user_logged_in, dispatch_uid="lms.assessments.context.note")
def note(request: HttpRequest | None = None, user: Any = None, **kwargs: Any) -> None:
    """Note, as somebody signs in, whom they are."""
    if request is not None and hasattr(request, "session"):
        remember(request, user.pk)


def _known(user_id: int) -> str:
    """Whoever is enrolled studies; the others are what the last assessment they took was for."""
    if is_enrolled(user_id=user_id, on_date=timezone.localdate(clock.now())):
        return Audience.STUDENT.value
    return selectors.last_audience(user_id)


def _today() -> str:
    return timezone.localdate(clock.now()).isoformat()
