"""What a result says: what it is compared with, in which words, and which steps it leads to."""

import pytest
from django.test import Client

from competencies.models import Framework
from lms.accounts.api import User
from lms.assessments.models import Attempt
from tests.lms.assessments.taking import Taker


@pytest.fixture
def lina(bank: None) -> Client:
    """Somebody with an account."""
    client = Client()
    client.force_login(User.objects.create_user("lina@demo.example"))
    return client


def test_a_training_is_compared_with_a_training_and_a_placement_with_a_placement(lina: Client) -> None:
    kinds = ("placement", "training", "professional", "training")
    taken = [Taker(client=lina).start(kind).finish() for kind in kinds]
    for taker, number in zip(taken, (None, None, 0, 1), strict=True):
        page = lina.get(f"/evaluation/s/{taker.token}/profil").content.decode()
        told = lina.get(f"/evaluation/s/{taker.token}/profil.json").json()["previous"]
        assert (told is not None) == ("Avant, le" in page) == (number is not None)
        if told is not None and number is not None:
            earlier = taken[number].body["result"]
            expected = {name: earlier[name] for name in ("finished_at", "overall", "domains")}
            assert told == expected == lina.get(f"/api/v1/attempts/{taker.token}/result").json()["previous"]


def test_what_came_before_is_of_the_same_framework(lina: Client) -> None:
    first, second = (Taker(client=lina).start("training").finish() for _ in range(2))
    kept = Framework.objects.get(pk=first.attempt.framework_id)
    other = Framework.objects.create(key=kept.key, version="another", status=kept.status, digest="other")
    Attempt.objects.filter(token=first.token).update(framework=other)
    assert lina.get(f"/evaluation/s/{second.token}/profil.json").json()["previous"] is None


def test_nobody_is_compared_without_an_account(bank: None) -> None:
    taker = Taker().start("training").finish()
    assert taker.body["result"]["previous"] is None
