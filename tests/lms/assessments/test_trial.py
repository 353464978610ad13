"""Items on trial: one or two per attempt, answered like any other, never counted; progress stays true."""

import pytest

from kernel.events import drain
from lms.assessments import delivery
from lms.assessments.models import Attempt
from lms.assessments.services import start_attempt
from question_bank.adaptive import replay
from question_bank.models import ItemExposure, ItemStatistic, ReleaseItem
from tests.lms.assessments.loaded import forget
from tests.lms.assessments.taking import Taker

pytestmark = pytest.mark.django_db


@pytest.fixture
def trials(bank):
    """Put the last item of each competency on trial."""
    rows = list(ReleaseItem.objects.order_by("position"))
    last = {row.facets["competency"]: row.pk for row in rows}
    set_state = super(type(ReleaseItem.objects.all()), ReleaseItem.objects.filter(pk__in=last.values())).update
    set_state(state="pretest")
    forget()
    return set(last.values())


def test_two_items_on_trial_at_set_positions_are_gathered_and_not_counted(trials):
    taker = Taker().start().finish()
    attempt, responses = taker.attempt, taker.responses
    assert attempt.pretest_log == [6, 13]
    assert [response.position for response in responses if response.is_pretest] == [6, 13]
    assert len(responses) - 2 <= 22
    scores = [response.score for response in responses]
    here = delivery.setting(attempt)
    counted = [place for place in range(len(scores)) if place + 1 not in (6, 13)]
    items = [attempt.selection_log[place] for place in counted]
    assert bytes(attempt.ability) == replay(here.prior, here.pool, items, [scores[p] for p in counted]).to_bytes()
    drain()
    tried = {responses[5].item_version_id, responses[12].item_version_id}
    assert ItemStatistic.objects.filter(item_version__in=tried, kind="outcome").count() == 2
    served = ItemExposure.objects.filter(item__versions__in=tried)
    assert {row.served for row in served} == {0}


def test_an_answer_to_an_item_on_trial_changes_no_result(trials):
    taker = Taker().start().finish()
    attempt, scores = taker.attempt, [response.score for response in taker.responses]
    flipped = [1.0 - score if place + 1 in (6, 13) else score for place, score in enumerate(scores)]
    assert delivery.measure(attempt, flipped) == delivery.measure(attempt, scores)


@pytest.mark.parametrize(("assessment", "expected"), [("placement", 20 + 2), ("training", 10 + 1), ("citizen", 14 + 2)])
def test_progress_counts_the_items_on_trial_that_are_still_to_come(trials, assessment, expected):
    """The mutant: counting them only when they come makes the end move away twice."""
    taker = Taker().start(assessment)
    shown = []
    while "item" in taker.body:
        shown.append(taker.body["progress"])
        taker.answer()
    assert shown[0]["position"] + shown[0]["remaining"] == expected
    assert all(step["position"] + step["remaining"] <= step["maximum"] for step in shown)
    assert {step["maximum"] for step in shown} == {shown[0]["maximum"]}
    assert len(taker.responses) <= shown[0]["maximum"]
    log = taker.attempt.pretest_log
    assert 1 <= len(log) <= 2
    for place in log:  # an answer that does not count moves nothing
        during, after = shown[place - 1], shown[place]
        assert during["position"] + during["remaining"] == after["position"] + after["remaining"]


def test_somebody_who_met_them_all_is_given_none(trials):
    step = start_attempt(assessment="placement", locale="fr", owner_id=None)
    attempt = step.attempt
    here = delivery.setting(attempt)
    attempt.seen_lately = sorted(here.on_trial)
    attempt.selection_log = attempt.selection_log * 5
    assert delivery._pretest(attempt, here) is None
    assert delivery._trials_left(attempt, here) == 0


@pytest.mark.parametrize(
    ("position", "remaining", "trials_left", "expected"),
    [
        (1, 20, 2, 22),
        (1, 20, 1, 21),
        (1, 20, 0, 20),
        (1, 4, 2, 4),
        (1, 5, 2, 6),
        (6, 16, 1, 17),
        (13, 8, 1, 8),
        (0, 12, 2, 14),
    ],
)
def test_what_comes_is_counted_with_its_trials(position, remaining, trials_left, expected):
    assert delivery._with_trials(position, remaining, trials_left) == expected


def test_without_items_on_trial_nothing_changes(bank):
    taker = Taker().start().finish()
    assert taker.attempt.pretest_log == []
    assert Attempt.objects.get().position == len(taker.responses)
