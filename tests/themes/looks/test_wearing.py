"""Pages wear the look of their host, else that of their reader's house, else ours; and it costs next to nothing."""

from datetime import datetime, timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.accounts.api import User
from lms.cohorts.api import Cohort, Institution
from lms.cohorts.models import Attachment
from tests.themes.looks.wearing import HOST, PAGE, page
from themes.api import Look, Wishes, delete_look, save_look
from themes.looks import wardrobe as wearing


def test_a_host_wears_its_look(look: Look, client: Client) -> None:
    there, here = page(client, host=f"{HOST}:8000"), page(client)
    for words in ("<title>Mentions légales – Université de Valserine", 'href="mailto:sante@valserine.example"'):
        assert words in there
        assert words not in here
    assert 'class="mark" href="/accessibilite/"' in there
    assert '<span class="logo">' in there
    assert "<title>Mentions légales – Socle" in here
    assert "/apparence/" not in here


def test_the_home_of_a_house_is_in_the_language_of_the_page(look: Look, client: Client) -> None:
    assert 'class="mark" href="/en/accessibilite/?p=grand"' in page(client, "/en/mentions-legales/?p=grand", host=HOST)


def test_a_member_sees_their_house_on_every_page(lina: User, client: Client) -> None:
    client.force_login(lina)
    assert "– Université de Valserine</title>" in page(client)
    assert "– Université de Valserine</title>" in page(client, "/compte/email/")


def test_a_member_on_the_host_of_another_house_sees_that_one(lina: User, now: datetime, client: Client) -> None:
    save_look(key="b", wishes=Wishes(name="Autre", brand="#8a1f4d", hosts=("b.example",)), actor_id=None, now=now)
    client.force_login(lina)
    assert "– Autre</title>" in page(client, host="b.example")


def test_an_attached_institute_wears_the_look_of_its_university(lina: User, now: datetime, client: Client) -> None:
    university = Institution.objects.get(key="v")
    institute = Institution.objects.create(key="i", kind="institute", name="I")
    Cohort.objects.update(institution=institute)
    client.force_login(lina)
    assert "– Socle</title>" in page(client)
    Attachment.objects.create(institution=institute, parent=university, start_date=now.date() - timedelta(days=30))
    client.force_login(lina)
    assert "– Université de Valserine</title>" in page(client)


def test_a_page_of_a_visitor_asks_nothing_once_the_looks_are_known(look: Look, client: Client) -> None:
    page(client)
    for host in (HOST, "socle.example"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(client, host=host)
        assert len(asked) == 0


def test_a_member_costs_no_statement_more(lina: User, client: Client) -> None:
    client.force_login(lina)
    page(client)
    with CaptureQueriesContext(connection) as asked:
        page(client)
    tables = [query["sql"].partition(" FROM ")[2].split()[0].strip('"') for query in asked]
    assert tables == ["accounts_session"]  # with its person, as on every page: who is there


def test_a_visitor_without_a_session_gets_no_cookie(look: Look, client: Client) -> None:
    response = client.get(PAGE, headers={"host": HOST})
    assert not response.cookies


def test_the_house_is_asked_again_each_day(lina: User, client: Client) -> None:
    client.force_login(lina)
    session = client.session
    session["look"] = ["", "2020-01-01"]
    session.save()
    assert "– Université de Valserine</title>" in page(client)
    assert client.session["look"][0] == "valserine"


def test_other_processes_hear_of_a_change_after_a_while(
    look: Look, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page(client)
    Look.objects.update(name="Université des Deux Vallées")  # as another process would: no signal here
    assert "Deux Vallées" not in page(client, host=HOST)
    monkeypatch.setattr(wearing, "FRESH", 0.0)
    assert "Deux Vallées" in page(client, host=HOST)


def test_without_its_database_a_page_wears_the_last_known_look(
    look: Look, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page(client)
    wearing.forget()
    monkeypatch.setattr(wearing, "_read", lambda: (_ for _ in ()).throw(OperationalError("gone")))
    assert "– Université de Valserine</title>" in page(client, host=HOST)


def test_a_removed_look_leaves_ours(look: Look, lina: User, now: datetime, client: Client) -> None:
    client.force_login(lina)
    delete_look(look=look, actor_id=None, now=now)
    assert "– Socle</title>" in page(client, host=HOST)
    assert Institution.objects.get(key="v").look is None


def test_the_demonstration_tries_a_look_on_by_the_address(look: Look, client: Client, settings: object) -> None:
    assert "– Université de Valserine</title>" in page(client, f"{PAGE}?maison=valserine")
    settings.DEMO = False  # type: ignore[attr-defined]
    assert "– Socle</title>" in page(client, f"{PAGE}?maison=valserine")


def test_an_error_page_wears_the_look_of_its_host_and_keeps_the_wishes(look: Look, client: Client) -> None:
    page(client)
    for path in ("/nulle-part/?p=geant.sombre", "/evaluation/s/nulle-part/?p=geant.sombre"):
        response = client.get(path, headers={"host": HOST})
        told = response.content.decode()
        assert response.status_code == 404
        assert 'data-p="geant sombre"' in told
        assert 'href="/accessibilite/?p=geant.sombre"' in told
        assert 'href="/profil/?p=geant.sombre"' in told
        assert "– Université de Valserine</title>" in told
