"""Reminders: on a gesture, a week and a day before the end, once each, never to those who are done or said stop."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from kernel import jobs
from kernel.models import Job, Mail
from lms.assessments.models import Participation
from lms.cohorts.models import Enrolment
from lms.prescribing.api import close_assignment, extend
from lms.prescribing.errors import NobodyToRemind, ReminderTooSoon
from lms.prescribing.letters import stop_token
from lms.prescribing.models import Reminder, ReminderLetter
from lms.prescribing.reminding import remind, remind_due
from tests.lms.prescribing import town as towns
from tests.lms.prescribing.reading import words
from tests.lms.prescribing.town import NOW, Town

WEEK = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)  # five past ten in Paris, seven days before 10 November
DAY = datetime(2026, 11, 9, 9, 5, tzinfo=UTC)


def work(now: datetime) -> int:
    """Ask for what is due, then do what a worker does; return how many letters wait."""
    remind_due(now=now)
    for row in Job.objects.filter(kind="prescribing.remind", state="queued").order_by("pk"):
        jobs.run(row.pk, now=now)
        row.refresh_from_db()
        assert row.state == "done", row.error
    return Mail.objects.count()


def test_a_week_and_a_day_before_the_end_once_each(town: Town) -> None:
    town.ask()
    assert work(WEEK - timedelta(days=1)) == 0
    assert work(WEEK) == 1
    assert work(WEEK + timedelta(hours=1)) == 1
    assert work(WEEK + timedelta(days=2)) == 1
    assert work(DAY) == 2
    assert work(DAY + timedelta(hours=2)) == 2
    first = Mail.objects.order_by("pk").first()
    assert first is not None and first.to == town.lina.email
    subject = first.subject.replace("\u00a0", " ")
    assert subject == "À faire jusqu’au 10 novembre 2026 : Me situer"
    assert "/demande/" in first.text and "/demande/rappels/" in first.text and "/demande/rappels/" in first.html
    assert list(Reminder.objects.order_by("pk").values_list("kind", "letters")) == [("week", 1), ("day", 1)]


def test_not_at_night_and_by_the_institution_s_own_clock(bank: None) -> None:
    towns.build("loin", "Pacific/Noumea").ask()  # eleven hours ahead of UTC
    assert work(datetime(2026, 11, 2, 21, 50, tzinfo=UTC)) == 0  # ten to nine there
    assert work(datetime(2026, 11, 3, 9, 0, tzinfo=UTC)) == 0  # eight in the evening there
    assert work(datetime(2026, 11, 2, 22, 10, tzinfo=UTC)) == 1  # ten past nine on the third


def test_never_to_those_who_are_done_nor_to_those_without_an_account(town: Town) -> None:
    asked = town.ask()
    Participation.objects.create(assignment=asked, user=town.lina, begun_at=NOW, finished_at=NOW)
    towns.add_student(town, "2", has_account=False)
    begun = towns.add_student(town, "3").user
    Participation.objects.create(assignment=asked, user=begun, begun_at=NOW)
    assert work(WEEK) == 1
    letter = Mail.objects.get()
    assert letter.to == begun.email and "Vous avez commencé" in letter.text.replace("\u00a0", " ")


def test_what_ends_soon_after_it_opens_is_not_reminded_at_once(town: Town) -> None:
    town.ask(opens_date=date(2026, 11, 3), closes_date=date(2026, 11, 10))
    assert work(WEEK) == 0


def test_what_is_closed_reminds_nobody(town: Town) -> None:
    asked = town.ask()
    remind_due(now=WEEK)
    close_assignment(asked=asked, access=town.access(), now=WEEK)
    assert work(WEEK) == 0
    assert work(DAY) == 0


def test_an_extension_has_its_own_reminders(town: Town) -> None:
    asked, student = town.ask(), towns.add_student(town, "2")
    extend(asked=asked, to=f"student:{student.uuid}", day=date(2026, 11, 20), access=town.access(), now=NOW)
    assert work(DAY) == 1
    assert Mail.objects.get().to == town.lina.email
    assert work(DAY + timedelta(days=10)) == 2
    last = Mail.objects.order_by("-pk").first()
    assert last is not None and student.user is not None
    assert (last.to, "20 novembre 2026" in last.subject) == (student.user.email, True)


def test_a_job_that_runs_again_writes_to_nobody_twice(town: Town) -> None:
    towns.add_student(town, "2")
    town.ask()
    assert work(WEEK) == 2
    Job.objects.update(state="queued")
    assert work(WEEK) == 2
    ReminderLetter.objects.filter(user=town.lina).delete()  # as if the worker had died before this one
    Job.objects.update(state="queued")
    assert work(WEEK) == 3


def test_on_a_gesture_at_most_once_a_day(town: Town) -> None:
    asked, begun = town.ask(), towns.add_student(town, "2").user
    Participation.objects.create(assignment=asked, user=begun, begun_at=NOW)
    remind(asked=asked, to="not_begun", access=town.access(), now=NOW)
    assert work(NOW) == 1
    assert Mail.objects.get().to == town.lina.email
    with pytest.raises(ReminderTooSoon):
        remind(asked=asked, to="not_finished", access=town.access(), now=NOW + timedelta(hours=1))
    remind(asked=asked, to="not_finished", access=town.access(), now=NOW + timedelta(days=2))
    assert work(NOW + timedelta(days=2)) == 3
    Participation.objects.update(finished_at=NOW)
    Enrolment.objects.filter(user=town.lina).update(end_date=date(2026, 10, 21))
    with pytest.raises(NobodyToRemind):
        remind(asked=asked, to="not_finished", access=town.access(), now=NOW + timedelta(days=5))


def test_the_button_says_what_became_of_it(town: Town) -> None:
    asked, client = town.ask(), town.client(town.coordinator)
    here = f"/pilotage/prescriptions/{asked.uuid}/"
    assert client.post(f"{here}relancer/", {"to": "not_begun"})["Location"] == f"{here}?fait=relance"
    again = client.post(f"{here}relancer/", {"to": "not_begun"})["Location"]
    assert again == f"{here}?fait=trop-tot"
    assert "moins d’un jour" in words(client.get(again).content.decode())


def test_the_letter_s_link_stops_them(town: Town) -> None:
    asked = town.ask()
    address = f"/demande/rappels/{stop_token(asked.pk, town.lina.pk)}/"
    assert "Arrêter les rappels" in words(Client().get(address).content.decode())
    assert work(WEEK - timedelta(days=2)) == 0
    assert not Participation.objects.exists()
    assert "Les rappels sont arrêtés." in words(Client().post(address).content.decode())
    assert work(WEEK) == 0
    assert work(DAY) == 0
    assert Client().get("/demande/rappels/nimporte-quoi/").status_code == 404
