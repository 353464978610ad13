"""A check: three to five items of a few competencies, from what was believed before, replayable from its row."""

from datetime import datetime

import numpy as np
import pytest
from django.test import Client

from kernel.models import OutboxEvent
from lms.accounts.api import User
from lms.assessments import api, delivery, focusing, selectors
from lms.assessments.errors import AssessmentUnknown, BankTooSmall
from lms.assessments.models import Assessment, Attempt, CompetencyResult
from lms.assessments.types import Focus, Submission
from question_bank import adaptive
from question_bank import api as bank_api
from question_bank.types import Answer
from tests.lms.assessments.taking import Taker

pytestmark = pytest.mark.django_db
CODE = "D2.C1"


@pytest.fixture
def person(bank: None) -> User:
    """Somebody with an account."""
    return User.objects.create_user("nadia@example.org", None)


def begun(owner_id: int | None = None, **focus: object) -> Attempt:
    """Open a check of CODE."""
    known = {"competencies": (CODE,), "context": "module:exemple", **focus}
    return api.start_attempt(
        assessment="module-check",
        locale="fr",
        owner_id=owner_id,
        focus=Focus(**known),  # type: ignore[arg-type]
    ).attempt


def answered(attempt: Attempt, *, is_right: bool = True) -> Attempt:
    """Answer the item on screen rightly, or that one does not know."""

    def parse(content, mask, done):  # type: ignore[no-untyped-def]
        return content.expected if is_right else Answer("unknown")

    served = delivery.served_id(attempt, attempt.position)
    said = Submission(served=served, key=f"k{attempt.position}", digest="d", parse=parse)
    return api.submit_response(token=attempt.token, viewer_id=attempt.owner_id, submission=said).attempt


def finished(attempt: Attempt, answers: str = "11111") -> Attempt:
    """Answer to the end: 1 right, 0 not."""
    for answer in answers:
        if attempt.is_open:
            attempt = answered(attempt, is_right=answer == "1")
    attempt.refresh_from_db()
    return attempt


def placed(person: User) -> Attempt:
    """Have somebody finish a placement, always right."""
    attempt = api.start_attempt(assessment="placement", locale="fr", owner_id=person.pk).attempt
    return finished(attempt, "1" * 30)


def entries_of(attempt: Attempt) -> list[object]:
    return [delivery.entry_at(attempt, place) for place in range(1, len(attempt.selection_log) + 1)]


def test_it_is_about_its_competencies_and_nothing_else(bank: None) -> None:
    attempt = finished(begun())
    assert {entry.competency for entry in entries_of(attempt)} == {CODE}  # type: ignore[attr-defined]
    assert len(attempt.selection_log) == 5
    assert attempt.stop_reason == "maximum_length"


def test_what_the_module_showed_is_never_served(bank: None) -> None:
    release = bank_api.release(bank_api.current_release_id())
    keys = [entry.key for entry in release.entries if entry.competency == CODE]
    shown = tuple(keys[:2])
    attempt = finished(begun(avoid=shown))
    served = {entry.key for entry in entries_of(attempt)}  # type: ignore[attr-defined]
    assert served.isdisjoint(shown)
    assert 3 <= len(served) <= 5


def test_it_is_shorter_when_the_bank_has_no_more_and_refused_below_three(bank: None) -> None:
    release = bank_api.release(bank_api.current_release_id())
    meant = [entry.key for entry in release.entries if entry.competency == CODE and "student" in entry.audiences]
    attempt = begun(avoid=tuple(meant[3:]))
    assert delivery.progress(attempt, 1, attempt.remaining).maximum == 3
    assert len(finished(attempt).selection_log) == 3
    with pytest.raises(BankTooSmall):
        begun(avoid=tuple(meant[2:]))
    with pytest.raises(BankTooSmall):
        begun(competencies=("D9.C9",))


def test_it_cannot_be_begun_but_by_a_module(bank: None) -> None:
    with pytest.raises(AssessmentUnknown):
        api.start_attempt(assessment="module-check", locale="fr", owner_id=None)
    assert Client().get("/evaluation/module-check/").status_code == 404
    assert Client().post("/evaluation/module-check/commencer").status_code == 404
    posted = Taker().post("/api/v1/attempts", {"assessment": "module-check", "locale": "fr"})
    assert posted.status_code == 404
    assert "module-check" not in Client().get("/evaluation/").content.decode()
    with pytest.raises(AssessmentUnknown):
        api.start_attempt(assessment="placement", locale="fr", owner_id=None, focus=Focus((CODE,)))


def test_nothing_was_known_of_somebody_without_account(bank: None) -> None:
    attempt = begun()
    start = delivery.setting(Attempt.objects.get(pk=attempt.pk)).prior
    assert attempt.prior is None
    assert bytes(attempt.ability) == start.to_bytes()
    assert start.mean.tolist() == [0.0] * 16


def test_it_starts_from_what_was_measured_less_sure_of_what_was_taught(person: User) -> None:
    placement = placed(person)
    known = delivery.believed(placement, selectors.scores(placement))
    attempt = begun(person.pk)
    prior = delivery.setting(attempt).prior
    place = focusing.places(delivery.setting(attempt), (CODE,))
    assert np.array_equal(prior.mean, known.mean)
    added = prior.covariance - known.covariance
    assert added[place[0], place[0]] == pytest.approx(focusing.LEARNING_VARIANCE)
    added[place[0], place[0]] = 0.0
    assert not added.any()


def test_a_lesson_never_makes_one_less_sure_than_of_somebody_unknown() -> None:
    start = adaptive.starting_ability([0, 0, 1], general=0.65, domain=0.2, competency=0.15)
    once = focusing.widened(start, [0, 1], start)
    assert np.array_equal(once.covariance, start.covariance)
    assert np.linalg.eigvalsh(once.covariance).min() > 0.0


def test_a_training_does_not_hide_a_placement(person: User) -> None:
    placement = placed(person)
    training = finished(api.start_attempt(assessment="training", locale="fr", owner_id=person.pk).attempt, "0" * 15)
    assert training.finished_at is not None
    found = selectors.last_measure(person.pk, placement.framework_id, begun(person.pk).started_at)
    assert found == placement


def test_the_next_check_starts_from_this_one(person: User) -> None:
    placed(person)
    first = finished(begun(person.pk), "00000")
    second = begun(person.pk)
    known = delivery.believed(first, selectors.scores(first))
    assert np.array_equal(delivery.setting(second).prior.mean, known.mean)


def test_the_row_alone_gives_the_same_ability(person: User) -> None:
    placement = placed(person)
    attempt = finished(begun(person.pk), "10101")
    kept = bytes(attempt.ability)
    placement.delete()
    delivery.forget()
    again = Attempt.objects.get(pk=attempt.pk)
    assert delivery.replayed_ability(again, selectors.scores(again)) == kept
    measured = delivery.measure(again, selectors.scores(again))
    stored = CompetencyResult.objects.filter(attempt=again, scope="competency").order_by("pk")
    assert [row.score for row in stored] == [one.score for one in measured.competencies]


def test_its_event_says_what_it_was_part_of_and_its_points(bank: None) -> None:
    attempt = finished(begun(), "11000")
    payload = OutboxEvent.objects.filter(kind="assessments.AttemptCompleted").latest("id").payload
    assert payload["context"] == "module:exemple"
    tops = [delivery.setting(attempt).pool.top_score[item] for item in attempt.selection_log]
    assert payload["top"] == sum(tops)
    assert payload["points"] == sum(tops[:2])


def test_an_attempt_without_focus_is_as_before(bank: None, now: datetime) -> None:
    attempt = api.start_attempt(assessment="placement", locale="fr", owner_id=None).attempt
    row = Attempt.objects.filter(pk=attempt.pk).values("focus", "avoid", "prior", "context").get()
    assert row == {"focus": None, "avoid": None, "prior": None, "context": ""}
    assert not Assessment.objects.get(key="placement").is_focused
    assert delivery.setting(attempt) is delivery.setting(attempt)  # the shared one, not a copy per attempt


def test_a_double_click_answers_once(bank: None) -> None:
    attempt = begun()
    first = answered(attempt)
    again = api.submit_response(
        token=attempt.token,
        viewer_id=None,
        submission=Submission(
            served=delivery.served_id(first, 1), key="k1", digest="d", parse=lambda *_: Answer("unknown")
        ),
    )
    assert again.is_replay
    assert first.responses.count() == 1
