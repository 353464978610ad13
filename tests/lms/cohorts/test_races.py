"""Two clicks at once: an invitation serves once, an institution keeps a coordinator."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from kernel.errors import SocleError
from lms.cohorts.api import Role, access_of
from lms.cohorts.invitations.services import accept, invite
from lms.cohorts.models import RoleGrant
from lms.cohorts.team.services import remove
from tests.lms.cohorts.country import Country, member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def both(*calls: Callable[[], Any]) -> list[str]:
    """Make the calls at the same moment; return what each ended with."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> str:
        try:
            start.wait(timeout=10)
            call()
        except SocleError as error:
            return error.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(run, calls))


def test_two_coordinators_who_remove_each_other_leave_one(now: datetime) -> None:
    country = Country.built(now)
    users = [country.person(name, (Role.COORDINATOR, "ambre")) for name in ("a", "b")]
    grants = [RoleGrant.objects.get(user=user) for user in reversed(users)]
    access = [access_of(user.pk, now) for user in users]
    ends = both(
        lambda: remove(access=access[0], grant=grants[0], now=now),
        lambda: remove(access=access[1], grant=grants[1], now=now),
    )
    assert ends == ["done", "last_coordinator"]
    assert RoleGrant.objects.filter(role=Role.COORDINATOR).count() == 1


def test_a_link_followed_twice_at_once_gives_one_role(now: datetime) -> None:
    country, tokens = Country.built(now), []
    access = access_of(country.coordinator().pk, now)
    house, user = country.houses["ambre"], member("new")
    invite(access=access, institution=house, role=Role.INSTRUCTOR, email=user.email, address=tokens.append, now=now)  # type: ignore[arg-type, func-returns-value]
    call = lambda: accept(token=tokens[0], user=user, now=now)  # noqa: E731
    assert both(call, call) == ["done", "done"]
    assert RoleGrant.objects.filter(user=user).count() == 1
