"""An attempt erased before its time stays erased when an older backup comes back; past its time, its date says it."""

from datetime import timedelta

import pytest

from kernel.clock import database_now
from kernel.erasures import Line, digest_of, erase_again
from kernel.models import Erasure
from lms.assessments.api import erase_attempt
from lms.assessments.models import Attempt, ErasedAttempts
from lms.assessments.tasks import erase_due_attempts
from tests.lms.assessments.taking import Taker

KIND = "assessments.attempt"


@pytest.fixture
def attempt(bank: None) -> Attempt:
    return Taker().start().attempt


def test_erased_at_once_it_is_noted(attempt: Attempt) -> None:
    erase_attempt(token=attempt.token, viewer_id=None)
    assert [row.digest for row in Erasure.objects.all()] == [digest_of(KIND, attempt.uuid)]


def test_erased_when_it_was_due_it_is_not(attempt: Attempt) -> None:
    Attempt.objects.update(erase_after=database_now() - timedelta(seconds=1))
    assert erase_due_attempts() == 1
    assert not Erasure.objects.exists()


def test_one_that_came_back_goes_again_and_counts_and_one_that_is_due_goes_too(attempt: Attempt) -> None:
    due = Taker().start().attempt
    Attempt.objects.filter(pk=due.pk).update(erase_after=database_now() - timedelta(seconds=1))
    other = Taker().start().attempt
    done = erase_again([Line(KIND, digest_of(KIND, attempt.uuid), database_now())])
    assert (done.erased[KIND], done.due[KIND]) == (1, 1)
    assert list(Attempt.objects.all()) == [other]
    assert sum(row.attempts for row in ErasedAttempts.objects.all()) == 2
