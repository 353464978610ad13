"""One student's page: what was begun and finished is seen, the detail only if it is shared, the rest never."""

from datetime import timedelta
from typing import Any

import pytest

from lms.assessments.models import Assessment, Attempt, CompetencyResult
from lms.dashboards.models import LearnerSummary
from lms.learning.models import Module, ModuleProgress

from .classroom import Classroom, Pupil, words


def read(room: Classroom, summary: LearnerSummary) -> str:
    return words(look(room, summary))


def look(room: Classroom, summary: LearnerSummary) -> bytes:
    student = summary.enrolment.student.uuid
    return room.client().get(f"/pilotage/cohorte/{room.cohort.uuid}/{student}/").content


def finished(room: Classroom, summary: LearnerSummary, key: str, score: int) -> None:
    from competencies.api import current_framework_id
    from question_bank import api as bank

    assessment, at = Assessment.objects.get(key=key), room.now - timedelta(days=9)
    attempt = Attempt.objects.create(
        assessment=assessment, purpose=assessment.purpose, owner=summary.user, started_at=at, finished_at=at,
        served_at=at, state="finished", ability=b"", framework_id=current_framework_id(),
        bank_release_id=bank.current_release_id(),
    )  # fmt: skip
    facts = {"theta": 0.0, "standard_error": 0.3, "low": 0, "high": 1000, "level": "novice"}
    CompetencyResult.objects.create(attempt=attempt, scope="overall", score=score, **facts)


def test_who_shares_shows_their_profile_and_since_when(room: Classroom) -> None:
    summary = room.seat([Pupil(620, True, name="Zoé Tardieu")])[0]
    page = read(room, summary)
    assert "Zoé Tardieu" in page and "620" in page and "Avancé" in page
    assert "entre 560 et 680" in page
    assert "donné le 20 octobre 2026" in page
    assert b'href="mailto:e0@valserine.example"' in look(room, summary)


def test_who_does_not_share_reads_so_and_never_as_not_begun(room: Classroom) -> None:
    page = read(room, room.seat([Pupil(620)])[0])
    assert "620" not in page and "sur 1000" not in page
    assert "Ne partage pas le détail." in page
    assert "Le test a été passé le 10 octobre 2026." in page
    assert "Pas encore mesuré" not in page


def test_who_has_no_account_yet_has_a_page(room: Classroom) -> None:
    summary = room.seat([Pupil()])[0]
    LearnerSummary.objects.update(user=None)
    summary.enrolment.user = None
    summary.enrolment.save()
    assert "Pas encore mesuré." in read(room, summary)


@pytest.mark.parametrize("shares", [True, False])
def test_a_placement_is_seen_and_a_training_is_not(bank: None, room: Classroom, shares: bool) -> None:
    summary = room.seat([Pupil(620, shares)])[0]
    finished(room, summary, "placement", 611)
    finished(room, summary, "training", 777)
    page = read(room, summary)
    assert str(Assessment.objects.get(key="placement").title_fr) in page
    assert ("611" in page) == shares
    assert "777" not in page and str(Assessment.objects.get(key="training").title_fr) not in page


def test_modules_say_begun_and_completed_without_a_mark(room: Classroom) -> None:
    summary = room.seat([Pupil(620)])[0]
    titles = ({"fr": "Mots de passe"}, {"fr": "Mon espace santé"})
    modules = [Module.objects.create(key=f"m{n}", titles=one, languages=["fr"]) for n, one in enumerate(titles)]
    shared = {"owner": summary.user, "started_at": room.now, "seen_at": room.now}
    ModuleProgress.objects.create(module=modules[0], **shared)
    ModuleProgress.objects.create(module=modules[1], completed_at=room.now, best_check=87, **shared)
    page = read(room, summary)
    assert "Mots de passe" in page and "commencé le 20 octobre 2026" in page
    assert "Mon espace santé" in page and "terminé le 20 octobre 2026" in page
    assert "87" not in page


@pytest.mark.parametrize("count", [1, 20])
def test_it_costs_the_same_whatever_was_done(
    bank: None, room: Classroom, count: int, django_assert_max_num_queries: Any
) -> None:
    summary = room.seat([Pupil(620, True)])[0]
    for _ in range(count):
        finished(room, summary, "placement", 611)
    client, address = room.client(), f"/pilotage/cohorte/{room.cohort.uuid}/{summary.enrolment.student.uuid}/"
    client.get(address)
    with django_assert_max_num_queries(12):
        client.get(address)


def test_reminders_are_told_with_their_occasion(bank: None, room: Classroom) -> None:
    from lms.assessments.models import Assignment
    from lms.prescribing.models import Reminder, ReminderLetter

    summary = room.seat([Pupil(620)])[0]
    placement = Assessment.objects.get(key="placement")
    asked = Assignment.objects.create(assessment=placement, institution=room.house, opens_at=room.now)
    reminder = Reminder.objects.create(assignment=asked, kind="week", asked_at=room.now)
    ReminderLetter.objects.create(
        reminder=reminder, assignment=asked, kind="week", user=summary.user, written_at=room.now
    )
    page = read(room, summary)
    assert "sept jours avant la fin" in page
    assert "Rappels envoyés" in page and "20 octobre 2026" in page
