"""The counts of items: every finished attempt once, whatever happens to the delivery or to the attempt."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Sum

from kernel.events import drain
from kernel.models import Delivery, OutboxEvent
from lms.assessments import counting, delivery, handlers
from lms.assessments.events import AttemptCompleted
from lms.assessments.models import Response
from lms.assessments.services import erase_attempt
from question_bank import api as bank
from question_bank.models import CountedAttempt, ItemStatistic
from tests.lms.assessments.taking import UNKNOWN, Taker

pytestmark = pytest.mark.django_db


def counts(**of):
    """Return the counts as they add up, erased attempts or not."""
    names = ("item_version_id", "variant", "month_date", "score_group", "kind", "label")
    rows = ItemStatistic.objects.filter(**of).order_by(*names).values_list(*names)
    totals = rows.annotate(Sum("count"), Sum("score_sum"), Sum("score_squares"))
    return [row for row in totals if row[-3]]


def answered(**of):
    return ItemStatistic.objects.filter(kind="outcome", **of).aggregate(Sum("count"))["count__sum"] or 0


def test_a_finished_attempt_is_counted_once_after_commit(taker: Taker):
    taker.finish()
    assert not ItemStatistic.objects.exists()  # never on the way of an answer
    drain()
    responses = taker.responses
    assert answered() == len(responses)
    labels = Counter("unknown" if response.is_unknown else str(int(response.score)) for response in responses)
    rows = ItemStatistic.objects.filter(kind="outcome").order_by("label").values_list("label")
    assert dict(rows.annotate(Sum("count"))) == labels
    before = counts()
    event = AttemptCompleted(
        aggregate=taker.attempt.uuid, at=taker.attempt.finished_at, assessment="placement", owner=None, stop_reason=""
    )
    handlers.count_items([event])
    assert counts() == before


def test_a_handler_that_fails_leaves_nothing_and_counts_once_when_it_works_again(taker: Taker, monkeypatch):
    taker.finish()
    whole = handlers.counting.count_attempts

    def counts_then_dies(attempts):
        whole(attempts)
        raise RuntimeError("the worker died here")

    monkeypatch.setattr(counting, "count_attempts", counts_then_dies)
    with pytest.raises(Exception, match="died here"):
        drain()
    assert not ItemStatistic.objects.exists()
    monkeypatch.undo()
    Delivery.objects.update(next_attempt_at=None)
    drain()
    assert answered() == len(taker.responses)


def test_attempts_counted_together_count_as_one_after_the_other(taker: Taker):
    taker.finish()
    others = [Taker().start().finish() for _ in range(2)]
    attempts = [each.attempt for each in (taker, *others)]
    for attempt in attempts:
        assert counting.count_attempts([attempt]) == 1
    alone = counts()
    bank.empty_counts()
    assert counting.count_attempts(attempts[:2]) == 2
    assert counting.count_attempts(attempts) == 1
    assert counts() == alone


def test_an_erased_attempt_leaves_its_counts_and_a_recount_keeps_them(taker: Taker):
    taker.finish()
    other = Taker().start().finish()
    drain()
    before = counts()
    erase_attempt(token=taker.token, viewer_id=None)
    assert counts() == before
    assert CountedAttempt.objects.count() == 1
    call_command("recount_items", stdout=StringIO())
    assert counts() == before
    assert answered(is_erased=False) == len(other.responses)
    drain()
    assert counts() == before


def test_an_attempt_erased_before_it_was_counted_is_counted_by_its_erasure(taker: Taker):
    taker.finish()
    expected = len(taker.responses)
    erase_attempt(token=taker.token, viewer_id=None)
    assert answered(is_erased=True) == expected
    drain()
    assert answered() == expected


def test_an_unfinished_attempt_says_nothing_of_items(taker: Taker):
    taker.answer()
    erase_attempt(token=taker.token, viewer_id=None)
    drain()
    assert not ItemStatistic.objects.exists()


def test_what_a_person_typed_is_never_in_the_counts(taker: Taker):
    taker.meet("text").answer()
    taker.finish()
    drain()
    assert "mot" in [response.answer.get("value") for response in taker.responses]
    assert not ItemStatistic.objects.filter(label__contains="mot").exists()


def test_giving_up_is_counted_as_such(taker: Taker):
    taker.answer({"item": taker.item["id"], "answer": UNKNOWN})
    taker.finish()
    drain()
    first = taker.responses[0].item_version_id
    rows = ItemStatistic.objects.filter(item_version=first, kind="outcome")
    assert list(rows.order_by("pk").values_list("label", flat=True)) == ["unknown"]


def test_the_rest_score_leaves_the_answer_itself_out(taker: Taker):
    """A mutant that keeps it in would raise every right answer above its own rest score."""
    taker.finish()
    attempt, scores = taker.attempt, [response.score for response in taker.responses]
    rests = delivery.rest_scores(attempt, scores)
    flipped = [0.0 if scores[0] else 1.0, *scores[1:]]  # some items give more than one point
    assert delivery.rest_scores(attempt, flipped)[0] == rests[0]
    assert delivery.rest_scores(attempt, flipped)[1] != rests[1]


def test_too_few_other_answers_place_nobody(taker: Taker):
    taker.answer()
    attempt = taker.attempt
    assert delivery.rest_scores(attempt, [1.0]) == [None]


def test_no_row_of_the_counts_names_anybody(taker: Taker):
    taker.finish()
    drain()
    names = {field.name for field in ItemStatistic._meta.get_fields()}
    assert not names & {"attempt", "owner", "institution", "user", "response"}
    assert OutboxEvent.objects.exists()
    assert Response.objects.exists()
