"""The small country: believable, exact, written once."""

from datetime import datetime
from time import process_time

import numpy as np
import pytest

from lms.accounts.models import User
from lms.assessments import delivery
from lms.assessments.models import Attempt, CompetencyResult, Response
from lms.cohorts.models import Cohort, Enrolment, Institution
from lms.dashboards import figures
from lms.dashboards.figures import Scope
from lms.dashboards.rollups import recounting
from lms.demonstration.country import COHORTS, HOUSES, seed_country
from lms.learning.models import Journey
from question_bank import api as questions


@pytest.fixture
def journey(bank: None) -> Journey:
    return Journey.objects.create(key="socle-etudiants", audience="student", is_published=True)


@pytest.mark.usefixtures("journey")
def test_the_country_is_believable_and_exact(now: datetime) -> None:
    begun = process_time()
    assert seed_country(now=now) == sum(line[4] for line in COHORTS) == 240
    assert process_time() - begun < 10
    assert Institution.objects.filter(is_demo=True, key__in=[house[0] for house in HOUSES]).count() == len(HOUSES)
    assert set(Cohort.objects.values_list("academic_year", flat=True)) == {"2025-2026", "2026-2027"}
    national = figures.of(Scope.national())
    assert national.enrolled == 240
    assert 0.6 * 240 < national.measured < national.claimed < 240
    assert 0 < national.trained_measured < national.measured
    assert 350 < (national.mean_score() or 0) < 750
    assert len(national.weeks) > 10
    assert not recounting.differences()


def test_attempts_are_those_of_the_platform(bank: None, now: datetime) -> None:
    seed_country(now=now)
    entries = questions.release(questions.current_release_id()).entries
    for attempt in Attempt.objects.order_by("pk").select_related("assessment")[:20]:
        responses = list(Response.objects.filter(attempt=attempt).order_by("position"))
        versions = [entries[place].item_version_id for place in attempt.selection_log]
        assert [response.item_version_id for response in responses] == versions
        assert len(set(versions)) == len(versions)
        scores = [response.score for response in responses]
        assert believed(attempt.ability) == pytest.approx(
            believed(delivery.replayed_ability(attempt, scores)), abs=1e-9
        )
        overall = CompetencyResult.objects.get(attempt=attempt, scope="overall")
        assert overall.score == delivery.measure(attempt, scores).overall.score


def believed(stored: bytes) -> list[float]:
    return np.frombuffer(bytes(stored), dtype="<f8").tolist()


def test_it_is_written_once_and_nobody_can_sign_in(bank: None, now: datetime) -> None:
    seed_country(now=now)
    before = Enrolment.objects.count(), Attempt.objects.count()
    assert seed_country(now=now) == 0
    assert (Enrolment.objects.count(), Attempt.objects.count()) == before
    assert all(user.email.endswith("@demo.example") for user in User.objects.order_by("pk"))
    assert not any(user.has_usable_password() for user in User.objects.order_by("pk"))


def test_without_a_bank_there_is_nobody(db: None, now: datetime) -> None:
    assert seed_country(now=now) == 0
