"""Asking every cell of the table: an address, a role, a place, a method."""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.architecture.access.doors import FEW, INVOLVED, ROLES
from tests.architecture.access.objects import ATTACHED, MISSING, OTHER, OWN, PLACES, Objects
from tests.architecture.access.routes import Route
from tests.architecture.access.table import MINE, OF_COHORTS, POSTED, PUBLIC, UNKNOWN_METHOD, Line
from tests.lms.walls.country import Country

LOGIN = re.compile(r"/(compte/login|cms/login|accounts/login|_util/login)/")
# An address without an object shows each their own; nothing is anybody else's there.
HOME = {
    "learner elsewhere": "other",
    "instructor elsewhere": "other",
    "coordinator elsewhere": "other",
    "coordinator attached": "attached",
}
Cell = tuple[str, str, str]


class Browsers:
    """One browser per role, signed in once."""

    def __init__(self, country: Country) -> None:
        assert set(country.people) == set(ROLES)
        self.cookies = {role: _signed_in(country.people[role]) for role in ROLES}
        self.client = Client()

    def ask(self, role: str, method: str, address: str, data: dict[str, str]) -> str:
        """Return what is answered: a status, or `login` for whoever is led there. What was written is taken back."""
        self.client.cookies.clear()
        for name, value in self.cookies[role].items():
            self.client.cookies[name] = value
        cache.clear()  # some forms count how often they are sent
        with transaction.atomic():
            response: Any = getattr(self.client, method)(address, data)
            if response.streaming:
                b"".join(response.streaming_content)
            transaction.set_rollback(True)
        return _said(response)


def cells(name: str, route: Route, line: Line) -> Iterator[Cell]:
    """Return the cells of an address: role, place, method.

    A method it does not know is asked once per role; so is what no role of somebody can open, wherever it is.
    """
    for method in ("get", "post"):
        is_known = getattr(line, method) != UNKNOWN_METHOD
        for role in FEW if name in PUBLIC | MINE else ROLES:
            is_told_apart = is_known and route.has_parameters and (role in INVOLVED or name in PUBLIC)
            yield from ((role, place, method) for place in (_places(name) if is_told_apart else (OWN,)))


def _places(name: str) -> tuple[str, ...]:
    if name in PUBLIC:
        return (OWN, MISSING)
    return PLACES if name in OF_COHORTS else (OWN, ATTACHED, OTHER, MISSING)


def expected(route: Route, line: Line, cell: Cell) -> str:
    """Return what the table says of a cell."""
    role, place, method = cell
    if role == "anonymous" and not line.is_public:
        return "login"
    if (role, method) in line.other:
        return str(line.other[role, method])
    status = getattr(line, method)
    if status == UNKNOWN_METHOD:
        return str(UNKNOWN_METHOD)
    at = place if route.has_parameters else HOME.get(role, place)
    outside = line.outside if method == "get" else line.outside_post
    door = line.door_post if method == "post" and line.door_post else line.door
    if role == "anonymous" and method == "post" and line.signed_out_post:
        status = line.signed_out_post
    return str(status if door(role, at) else outside)


def answered(browsers: Browsers, objects: Objects, route: Route, cell: Cell) -> str:
    """Ask a cell."""
    role, place, method = cell
    return browsers.ask(role, method, route.address(objects.values(route.name, place)), POSTED.get(route.name, {}))


def _signed_in(user: Any) -> dict[str, str]:
    client = Client()
    if user is not None:
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return {name: morsel.value for name, morsel in client.cookies.items()}


def _said(response: Any) -> str:
    is_login = response.status_code == 302 and LOGIN.search(response.get("Location", ""))
    return "login" if is_login else str(response.status_code)
