"""Exposure prices move with use; an error can be reported, and who reported it forgotten."""

from datetime import datetime
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from kernel.models import OutboxEvent
from question_bank import api
from question_bank.adaptive import update_prices
from question_bank.errors import InvalidReport
from question_bank.models import ItemExposure, ItemReport
from question_bank.types import Exposures, Release
from tests.question_bank.samples import item, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(tmp_path: Path, now: datetime) -> Release:
    api.forget()
    api.load_items(now=now, path=write(tmp_path, *(item(key=f"item-{n}") for n in range(5))))
    return api.release(api.current_release_id())


def test_prices_follow_the_engine_s_rule_in_two_statements(
    bank: Release,
    django_assert_num_queries: DjangoAssertNumQueries,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    eligible, expected = np.array([True, True, True, True, False]), np.zeros(5)
    for used in ([0, 1], [0], [0, 2], [3]):
        with django_capture_on_commit_callbacks(execute=True), django_assert_num_queries(4):  # two savepoints
            api.record_exposure(release_id=bank.id, sittings=[Exposures(used, eligible, 0.25)])
        expected = update_prices(expected, used=used, eligible=eligible, r_max=0.25)
        assert api.exposure_prices(bank) == pytest.approx(expected)
    counted = dict(ItemExposure.objects.order_by("item__key").values_list("item__key", "served"))
    assert list(counted.values()) == [3, 1, 1, 1, 0]
    assert list(ItemExposure.objects.order_by("item__key").values_list("finished", flat=True)) == [4, 4, 4, 4, 0]


def test_a_price_has_a_ceiling_and_a_floor(bank: Release) -> None:
    for _ in range(5):
        api.record_exposure(release_id=bank.id, sittings=[Exposures([0], [True] * 5, 0.25)], eta=1.0, cap=2.0)
    api.forget()
    assert list(api.exposure_prices(bank)) == [2.0, 0.0, 0.0, 0.0, 0.0]


def test_several_attempts_at_once_count_as_one_after_the_other(bank: Release) -> None:
    """Among them one that takes a price below nothing in between: prices are bounded after each attempt."""
    sittings = [
        Exposures([0, 1], [True, True, True, False, False], 0.9),
        Exposures([1], [True] * 5, 0.25),
        Exposures([1, 4], [False, True, True, True, False], 0.25),
    ]
    for sitting in sittings:
        api.record_exposure(release_id=bank.id, sittings=[sitting], eta=1.0)
    alone = list(ItemExposure.objects.order_by("item__key").values_list("served", "finished", "price"))
    ItemExposure.objects.update(served=0, finished=0, price=0.0)
    api.record_exposure(release_id=bank.id, sittings=sittings, eta=1.0)
    assert list(ItemExposure.objects.order_by("item__key").values_list("served", "finished", "price")) == alone
    assert [served for served, _, _ in alone] == [1, 3, 0, 0, 1]


def test_prices_are_not_for_writing(bank: Release) -> None:
    with pytest.raises(ValueError, match="read-only"):
        api.exposure_prices(bank)[0] = 1.0


def test_an_error_is_reported_and_its_author_can_be_forgotten(bank: Release, now: datetime) -> None:
    attempt, version = uuid4(), bank.entries[0].item_version_id
    api.report_item(item_version_id=version, text=" La source a changé. ", attempt=attempt, at=now)
    api.report_item(item_version_id=version, text="Une faute 🙂", reporter_id=7, at=now)
    assert list(ItemReport.objects.order_by("pk").values_list("text", "attempt", "reporter_id")) == [
        ("La source a changé.", attempt, None),
        ("Une faute 🙂", None, 7),
    ]
    assert OutboxEvent.objects.filter(kind="question_bank.ItemReported").count() == 2
    api.forget_reporter(attempt=attempt)
    api.forget_reporter(reporter_id=7)
    assert not ItemReport.objects.exclude(attempt=None, reporter_id=None).exists()
    assert ItemReport.objects.count() == 2


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001, "a\x00b", "\ud800"])
def test_a_report_that_cannot_be_kept_says_why(bank: Release, now: datetime, text: str) -> None:
    with pytest.raises(InvalidReport) as refusal:
        api.report_item(item_version_id=bank.entries[0].item_version_id, text=text, at=now)
    assert refusal.value.field == "text"
    assert not ItemReport.objects.exists()
