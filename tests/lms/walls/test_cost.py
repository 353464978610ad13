"""What the second wall adds to an answer: no statement, to an anonymous one nor to that of somebody signed in."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from kernel.actors import Actor
from kernel.postgresql import base
from lms.assessments import api as assessments
from tests.lms.assessments.taking import Taker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Actor]:
    """Return what the server is told, beside what the suite itself does as the worker."""
    tellings: list[Actor] = []
    usual = base.DatabaseWrapper.tell

    def tell(wrapper: Any, actor: Actor) -> None:
        tellings.append(actor)
        usual(wrapper, actor)

    monkeypatch.setattr(base.DatabaseWrapper, "tell", tell)
    return tellings


def test_an_anonymous_answer_tells_nothing(bank: None, told: list[Actor]) -> None:
    taker = Taker().start()
    taker.answer()  # the connection, which the suite keeps, knows that nobody is there
    told.clear()
    taker.answer()
    assert told == []


def test_the_session_of_somebody_tells_who_it_is(bank: None, told: list[Actor]) -> None:
    person = get_user_model().objects.create_user("someone@example.org", None)
    assessments.get_ready()  # as a process that serves does when it starts: items are not read by the answer
    taker = Taker()
    taker.client.force_login(person)
    taker.start()
    told.clear()
    taker.answer()
    assert not [actor for actor in told if actor.user_id]
