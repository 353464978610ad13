"""Which new items are tried first, and which are not."""

import pytest

from question_bank import api
from question_bank.models import ItemCalibration
from question_bank.services import publish_release
from question_bank.statistics import thresholds, trial
from tests.question_bank.samples import item, write

pytestmark = pytest.mark.django_db
ENOUGH = {"enough_per_competency": 3, "enough_per_difficulty": 2}


@pytest.fixture(autouse=True)
def a_small_bank_is_enough(monkeypatch):
    monkeypatch.setattr(trial, "limit", lambda key: ENOUGH.get(key, thresholds.limit(key)))
    api.forget()


def states() -> dict[str, str]:
    release = api.release(api.current_release_id())
    return {entry.key: entry.state for entry in release.entries}


def load(folder, now, *items):
    api.load_items(now=now, path=write(folder, *items))
    return states()


def test_the_first_release_has_nothing_on_trial(tmp_path, now):
    assert set(load(tmp_path, now, *(item(key=f"item-{n}") for n in range(6))).values()) == {"expected"}


def test_a_new_item_is_tried_when_its_competency_can_wait(tmp_path, now):
    load(tmp_path, now, *(item(key=f"item-{n}") for n in range(3)))
    found = load(
        tmp_path,
        now,
        item(key="newer"),
        item(key="harder", difficulty=4),
        item(key="far", competency="D3.C2", capacity="D3.C2.K1"),
    )
    assert found["newer"] == "pretest"
    assert found["harder"] == "expected"  # the competency has none of this difficulty
    assert found["far"] == "expected"  # its competency has nothing else
    assert {found[f"item-{n}"] for n in range(3)} == {"expected"}


def test_new_items_count_as_they_fill_a_hole(tmp_path, now):
    load(tmp_path, now, item(key="item-0"))
    found = load(tmp_path, now, *(item(key=f"new-{n}") for n in range(4)))
    assert [found[f"new-{n}"] for n in range(4)] == ["expected", "expected", "pretest", "pretest"]


def test_an_item_on_trial_stays_there_when_its_words_change(tmp_path, now):
    load(tmp_path, now, *(item(key=f"item-{n}") for n in range(3)))
    load(tmp_path, now, item(key="newer"))
    changed = item(key="newer")
    changed["fr"]["title"] = "Un autre titre"
    assert load(tmp_path, now, changed)["newer"] == "pretest"


def test_an_item_that_counts_never_goes_back(tmp_path, now):
    load(tmp_path, now, *(item(key=f"item-{n}") for n in range(5)))
    changed = item(key="item-4")
    changed["fr"]["title"] = "Un autre titre"
    assert load(tmp_path, now, changed)["item-4"] == "expected"


def test_publishing_again_changes_nothing(tmp_path, now):
    load(tmp_path, now, *(item(key=f"item-{n}") for n in range(3)))
    load(tmp_path, now, item(key="newer"))
    assert publish_release(now=now)[1] is False


def test_a_calibrated_item_is_left_alone(tmp_path, now):
    load(tmp_path, now, *(item(key=f"item-{n}") for n in range(3)))
    load(tmp_path, now, item(key="newer"))
    ItemCalibration.objects.filter(item_version__item__key="newer").update(state="calibrated", difficulty=0.1)
    publish_release(now=now)
    api.forget()
    assert states()["newer"] == "calibrated"


@pytest.mark.parametrize(
    ("responses", "error", "is_ready"), [(200, 0.15, True), (199, 0.10, False), (500, 0.16, False), (500, None, False)]
)
def test_promotion_asks_for_answers_and_precision(responses, error, is_ready):
    assert trial.is_ready(responses=responses, standard_error_b=error) is is_ready


def test_every_threshold_has_a_source():
    assert all(one.source for one in thresholds.thresholds().values())
    assert thresholds.limit("weak_discrimination") == 0.1


def test_a_threshold_without_a_source_is_refused(tmp_path):
    path = tmp_path / "thresholds.yaml"
    path.write_text("thresholds:\n- key: a\n  value: 1\n  source: ''\n")
    with pytest.raises(Exception, match=r"thresholds.yaml:2: a threshold has key, value"):
        thresholds.thresholds(path)
