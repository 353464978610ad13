"""Whoever reported an error, signed in, reads what became of it; and nobody else does."""

import pytest
from django.conf import settings
from django.test import Client

from lms.accounts.api import User, erase_person, export_person
from lms.assessments.models import Attempt
from question_bank.models import ItemReport
from question_bank.statistics.following import settle_report
from tests.lms.assessments.taking import Taker

pytestmark = pytest.mark.django_db
PAGE = "/evaluation/signalements/"


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(
        User.objects.create_user(f"{name}@demo.example", "x"), backend=settings.AUTHENTICATION_BACKENDS[0]
    )
    return client


@pytest.fixture
def reporter(bank) -> Client:
    client = signed_in("lina")
    taker = Taker(client=client).start()
    taker.answer()
    sent = client.post(f"/evaluation/s/{taker.token}/signaler/1", {"text": "La source a changé."})
    assert sent.status_code == 200
    return client


def test_a_report_is_followed_by_its_reporter(reporter, now):
    assert "Les auteurs ne l’ont pas encore lu." in reporter.get(PAGE).content.decode()
    assert "Mes signalements" in reporter.get("/profil/").content.decode()
    report = ItemReport.objects.get()
    settle_report(report=report.uuid, status="fixed", reply="Merci : c’est corrigé.", actor_id=1, now=now)
    page = reporter.get(PAGE).content.decode()
    assert "Merci : c’est corrigé." in page
    assert "20 octobre 2026" in page
    assert "Vos signalements" in page


def test_others_see_nothing_of_it(reporter):
    assert "La source a changé." not in signed_in("karim").get(PAGE).content.decode()
    assert Client().get(PAGE).status_code == 302


def test_it_is_in_one_s_data_and_forgets_who_when_one_leaves(reporter):
    user = User.objects.get(email="lina@demo.example")
    assert export_person(user=user)["reports"][0]["text"] == "La source a changé."
    erase_person(user=user)
    report = ItemReport.objects.get()
    assert (report.reporter_id, report.attempt, report.text) == (None, None, "La source a changé.")
    assert not Attempt.objects.exists()


def test_the_list_costs_the_same_for_twenty_reports(reporter, django_assert_num_queries, now):
    first = ItemReport.objects.get()
    reporter.get(PAGE)
    with django_assert_num_queries(2):  # the session with its person, reports
        reporter.get(PAGE)
    ItemReport.objects.bulk_create(
        ItemReport(item_version=first.item_version, text=f"{n}", reporter_id=first.reporter_id, created_at=now)
        for n in range(20)
    )
    with django_assert_num_queries(2):
        reporter.get(PAGE)
