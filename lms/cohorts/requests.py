"""What the person of a request may see."""

from django.http import HttpRequest

from kernel import actors, clock

from .access import access_of, ensure_framing
from .types import Access

KEPT = "_cohorts_access"


def access_for(request: HttpRequest) -> Access:
    """Return what the signed-in person may see now, asked once per request."""
    known = getattr(request, KEPT, None)
    if known is None:
        user = request.user
        known = access_of(user.pk, clock.now(), is_platform_staff=user.is_superuser and user.is_active)
        actors.frame(known.houses, _rank(known))
        setattr(request, KEPT, known)
    return known


def framing_access(request: HttpRequest) -> Access:
    """The same, for pages of those who frame others; raises NotFound for everybody else."""
    access = access_for(request)
    ensure_framing(access)
    return access


def _rank(access: Access) -> actors.Rank:
    if access.is_platform_staff:
        return actors.Rank.PLATFORM
    return actors.Rank.PILOT if access.is_pilot else actors.Rank.PERSON
