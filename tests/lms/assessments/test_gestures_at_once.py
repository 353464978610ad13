"""Ten gestures at the same moment, each in a thread with a connection of its own: one per step, none lost, no 500."""

from collections import Counter
from itertools import cycle
from typing import Any

import pytest
from django.test import Client

from lms.assessments import selectors
from lms.assessments.models import ItemAction
from tests.lms.assessments.reading import Reader
from tests.lms.assessments.taking import Taker
from tests.lms.assessments.test_concurrency import MANY, at_once
from tests.lms.assessments.test_gestures import make, playing, possible

pytestmark = pytest.mark.django_db(transaction=True)


def tabs_of(reader: Reader) -> list[Reader]:
    """Return as many tabs on the same page."""
    return [
        Reader(client=Client(raise_request_exception=False), address=reader.address, hidden=dict(reader.hidden))
        for _ in range(MANY)
    ]


def steps(reader: Reader) -> list[int]:
    """Return the steps that are kept."""
    rows = ItemAction.objects.filter(attempt__token=reader.token).order_by("step")
    return list(rows.values_list("step", flat=True))


def check_same_gesture(reader: Reader) -> None:
    """One gesture ten times: one row, ten acknowledgements."""
    gesture = possible(reader)[0]
    sent = at_once([lambda tab=tab: make(tab, gesture) for tab in tabs_of(reader)])
    assert Counter(answer["Location"].rpartition("/")[2] for answer in sent) == {"#geste": MANY}
    assert steps(reader) == [1]


def test_the_same_gesture_ten_times_is_one(bank: None) -> None:
    check_same_gesture(playing(Taker()))


def test_ten_tabs_and_their_own_gestures_make_one(bank: None) -> None:
    reader = playing(Taker())
    pairs = zip(tabs_of(reader), cycle(possible(reader)), strict=False)
    works: list[Any] = [lambda tab=tab, gesture=gesture: make(tab, gesture) for tab, gesture in pairs]
    sent = at_once(works)
    assert {answer.status_code for answer in sent} <= {303}
    assert steps(reader) == [1]


def test_mutant_that_sees_no_gesture_made_is_caught(bank: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blind to the rows, every tab takes the first step; what the database then refuses is no acknowledgement."""
    real = selectors.gestures
    monkeypatch.setattr(selectors, "gestures", lambda attempt, position: real(attempt, position)[:0])
    reader = playing(Taker())
    with pytest.raises((AssertionError, KeyError)):
        check_same_gesture(reader)
