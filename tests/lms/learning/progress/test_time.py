"""Time: never more than really passed, never twice, never invented."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from kernel import clock
from lms.accounts.api import User
from lms.learning.models import Module, ModuleProgress
from lms.learning.progress import count_time, issue_ticket, read_ticket, see_step
from lms.learning.progress.time import believed, longest
from tests.lms.learning import samples

TIME = "/parcours/-/temps/"


@pytest.fixture
def module(bank: None) -> Module:
    return samples.make()


@pytest.fixture
def lina(db: None) -> User:
    return User.objects.create_user("lina@test.example")


def spend(module: Module, owner: User, opened_at: datetime, now: datetime, seconds: int, step: str = "faire") -> int:
    return count_time(owner_id=owner.pk, module=module, step=step, seconds=seconds, opened_at=opened_at, now=now)


@pytest.mark.parametrize(("claimed", "left", "counted"), [(30, 100, 30), (90, 100, 60), (90, 40, 40), (-5, 100, 0)])
def test_what_is_believed(now: datetime, claimed: int, left: int, counted: int) -> None:
    assert believed(claimed=claimed, since=now - timedelta(seconds=60), now=now, left=left) == counted


def test_a_step_counts_three_times_its_minutes_at_most_and_five_minutes_at_least() -> None:
    assert (longest(4), longest(1)) == (720, 300)


def test_time_is_never_more_than_passed(module: Module, lina: User, now: datetime) -> None:
    assert spend(module, lina, now, now + timedelta(seconds=40), 3000) == 40
    assert ModuleProgress.objects.get().seconds == 40


def test_two_tabs_do_not_double_time(module: Module, lina: User, now: datetime) -> None:
    later = now + timedelta(seconds=100)
    assert spend(module, lina, now, later, 100) == 100
    assert spend(module, lina, now, later, 100, step="decider") == 0
    assert spend(samples.make("autre-module"), lina, now, later + timedelta(seconds=7), 100) == 7


def test_a_step_has_an_end(module: Module, lina: User, now: datetime) -> None:
    added = [spend(module, lina, now, now + timedelta(seconds=500 * n), 500) for n in (1, 2, 3)]
    assert added == [500, 220, 0]


def test_a_page_that_is_read_moves_the_place_to_resume_at(module: Module, lina: User, now: datetime) -> None:
    spend(module, lina, now, now + timedelta(seconds=9), 9, step="comprendre")
    assert ModuleProgress.objects.get().step == "comprendre"
    see_step(owner_id=lina.pk, module=module, step="comprendre", now=now)
    spend(module, lina, now, now + timedelta(seconds=19), 9, step="comprendre")
    assert ModuleProgress.objects.get().step == "faire"


def test_without_javascript_no_time_is_invented(module: Module, lina: User, now: datetime) -> None:
    for key in module.step_keys:
        see_step(owner_id=lina.pk, module=module, step=key, now=now)
    assert ModuleProgress.objects.get().seconds == 0


def test_a_ticket_says_who_and_when_and_cannot_be_made_up(now: datetime) -> None:
    text = issue_ticket(owner_id=7, module="m", step="s", now=now)
    ticket = read_ticket(text, now=now + timedelta(minutes=3))
    assert ticket is not None
    assert (ticket.owner_id, ticket.module, ticket.step, ticket.opened_at) == (7, "m", "s", now)
    assert read_ticket(text[:-1] + ("A" if text[-1] != "A" else "B"), now=now) is None
    assert read_ticket("", now=now) is None
    assert read_ticket(text, now=now + timedelta(days=2)) is None
    assert read_ticket(text, now=now - timedelta(seconds=5)) is None


class TestPage:
    """What a browser sends."""

    @pytest.fixture
    def signed_in(self, lina: User) -> Client:
        client = Client(enforce_csrf_checks=True)
        client.force_login(lina)
        return client

    def ticket(self, owner: User, seconds_ago: int = 60) -> str:
        opened = clock.now() - timedelta(seconds=seconds_ago)
        return issue_ticket(owner_id=owner.pk, module="verifier-identite", step="faire", now=opened)

    def test_the_page_carries_its_ticket_for_somebody_signed_in_only(
        self, module: Module, signed_in: Client, client: Client
    ) -> None:
        address = "/parcours/verifier-identite/faire/"
        page = signed_in.get(address).content.decode()
        assert "data-ticket" in page
        assert "themes/learning.js" in page
        assert "data-ticket" not in client.get(address).content.decode()

    def test_time_is_counted(self, module: Module, lina: User, signed_in: Client) -> None:
        response = signed_in.post(TIME, {"ticket": self.ticket(lina), "seconds": "45"})
        assert response.status_code == 204
        assert ModuleProgress.objects.get().seconds == 45

    @pytest.mark.parametrize("change", [
        {"seconds": "-1"}, {"seconds": "1e9"}, {"seconds": ""}, {"seconds": "999999"}, {"seconds": "²"},
        {"ticket": ""}, {"ticket": "x\x00"}, {"ticket": "a" * 5000},
    ])  # fmt: skip
    def test_nonsense_counts_nothing(
        self, module: Module, lina: User, signed_in: Client, change: dict[str, Any]
    ) -> None:
        data = {"ticket": self.ticket(lina), "seconds": "45", **change}
        assert signed_in.post(TIME, data).status_code == 204
        assert ModuleProgress.objects.count() == 0

    def test_somebody_else_s_ticket_counts_nothing(self, module: Module, lina: User, client: Client) -> None:
        assert client.post(TIME, {"ticket": self.ticket(lina), "seconds": "45"}).status_code == 204
        client.force_login(User.objects.create_user("karim@test.example"))
        client.post(TIME, {"ticket": self.ticket(lina), "seconds": "45"})
        assert ModuleProgress.objects.count() == 0

    def test_a_get_counts_nothing(self, module: Module, lina: User, signed_in: Client) -> None:
        signed_in.get(TIME, {"ticket": self.ticket(lina), "seconds": "45"})
        assert ModuleProgress.objects.count() == 0
