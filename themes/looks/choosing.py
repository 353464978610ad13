"""Which look a page wears: that of the host it came for, else that of the house its reader belongs to, else none.

A host that belongs to a university wears its look for everybody: its pages do not change face when one signs in.
"""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

from .wardrobe import Wardrobe, Worn, last_known, wardrobe

DEMO_SWITCH = "maison"
Membership = Callable[[HttpRequest], str]
Editors = Callable[[int], Iterable[str]]

_memberships: list[Membership] = []
_editors: list[Editors] = []


def register_membership(find: Membership) -> Membership:
    """Have `find` say, of a request that carries a session, the key of the look of its reader's house, or nothing."""
    _memberships.append(find)
    return find


def register_editors(find: Editors) -> Editors:
    """Have `find` say, of a person's id, the keys of the looks that they may change."""
    _editors.append(find)
    return find


def look_of(request: HttpRequest) -> Worn | None:
    """Return the look of a page."""
    known = wardrobe()
    return _asked(request, known) or known.by_host.get(_host(request)) or _of_reader(request, known)


def look_of_error(request: HttpRequest) -> Worn | None:
    """Return the look of an error page, by its host only: nothing is asked of the database, which may be away."""
    known = last_known()
    return _asked(request, known) or known.by_host.get(_host(request))


def editable_keys(user_id: int) -> set[str]:
    """Return the keys of the looks that a person may change, superusers left out: they may change all."""
    return {key for find in _editors for key in find(user_id)}


def _asked(request: HttpRequest, known: Wardrobe) -> Worn | None:
    """In a demonstration, let the address try a look on for one page."""
    return known.by_key.get(request.GET.get(DEMO_SWITCH, "")) if settings.DEMO and request.GET else None


def _of_reader(request: HttpRequest, known: Wardrobe) -> Worn | None:
    # Without the cookie of a session there is nobody to ask about; looking into the session would cost a statement.
    if not known.by_key or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    keys = (find(request) for find in _memberships)
    return next((known.by_key[key] for key in keys if key in known.by_key), None)


def _host(request: HttpRequest) -> str:
    try:
        name = request.get_host().lower()
    except DisallowedHost:
        return ""
    return name.rpartition(":")[0] if name.rpartition(":")[2].isdigit() else name
