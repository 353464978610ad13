"""Those who ask: the form, the list, one thing asked, what can be done about it; nothing of another institution."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from kernel.events import drain
from kernel.models import AuditEntry
from lms.assessments.models import Assignment, Attempt, Participation
from lms.cohorts.api import Role, grant_role, grant_sharing, withdraw_sharing
from lms.cohorts.models import Enrolment, RoleGrant, Student
from lms.prescribing.api import close_assignment
from tests.lms.learning import samples
from tests.lms.prescribing import town as towns
from tests.lms.prescribing.reading import elements, text_of, words
from tests.lms.prescribing.town import NOW, Town

pytestmark = pytest.mark.usefixtures("frozen")
LIST, NEW = "/pilotage/prescriptions/", "/pilotage/prescriptions/nouvelle/"


def form(town: Town, **changes: Any) -> dict[str, Any]:
    """Return what the form sends."""
    values = {
        "institution": town.institution.key,
        "assessment": "placement",
        "journey": "",
        "cohorts": [str(town.cohort.uuid)],
        "opens": "2026-10-20",
        "closes": "2026-11-10",
        "message": "",
        "attempts": "1",
        "detail": "oui",
    }
    return {**values, **changes}


@pytest.fixture
def claire(town: Town) -> Client:
    """The coordinator's browser."""
    return town.client(town.coordinator)


def test_the_form_is_filled_with_what_suits_most(town: Town, claire: Client) -> None:
    samples.make()
    samples.make_journey(["verifier-identite"])
    page = claire.get(NEW).content.decode()
    assert '<option value="placement" selected>' in page
    assert '<option value="socle-etudiants" selected>' in page
    assert 'value="2026-10-20"' in page
    assert 'value="2026-11-10"' in page
    assert "Infirmiers ici" in page


def test_asking_leads_to_its_page_with_its_code(town: Town, claire: Client) -> None:
    answer = claire.post(NEW, form(town, message="Bon courage."))
    asked = Assignment.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"{LIST}{asked.uuid}/?fait=demandee")
    page = text_of(claire, answer["Location"])
    assert asked.written_code in page
    assert "du 20 octobre 2026 au 10 novembre 2026" in page
    assert f"/demande/{asked.written_code}/" in claire.get(answer["Location"]).content.decode()
    assert list(asked.cohorts.all()) == [town.cohort]
    assert AuditEntry.objects.get(action="assignment.created").actor_id == town.coordinator.pk
    assert asked.code and re.fullmatch(r"[A-Z2-9]{4}-[A-Z2-9]{4}", asked.written_code)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"closes": "2026-10-19"}, "La fin vient avant le début"),
        ({"opens": "2026-10-01", "closes": "2026-10-19"}, "Cette date est passée."),
        ({"opens": "hier", "closes": ""}, "Donnez une date de début."),
        ({"assessment": "", "journey": ""}, "Choisissez une évaluation, un parcours, ou les deux."),
        ({"assessment": "nulle-part"}, "Cette évaluation n’existe pas"),
        ({"journey": "nulle-part"}, "Ce parcours n’existe pas"),
        ({"cohorts": []}, "Choisissez au moins une cohorte"),
        ({"cohorts": ["pas-un-uuid"]}, "Une des cohortes choisies"),
        ({"attempts": "-3"}, "Donnez un nombre de 0 à 20"),
        ({"attempts": "beaucoup"}, "Donnez un nombre de 0 à 20"),
        ({"message": "x" * 2001}, "Ce message est trop long"),
        ({"target-D1": "sorcier"}, "Un des niveaux visés n’existe pas."),
        ({"institution": "ailleurs"}, "Choisissez un établissement que vous encadrez."),
    ],
)
def test_what_is_wrong_is_said_where_it_is_and_nothing_is_lost(
    town: Town, claire: Client, changes: dict[str, Any], sentence: str
) -> None:
    towns.build("ailleurs")
    answer = claire.post(NEW, form(town, **{"message": "À garder", **changes}))
    page = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == 422
    if "institution" not in changes:
        assert sentence in page
    assert changes.get("message", "À garder") in page
    assert not Assignment.objects.exists()


def test_a_cohort_of_another_institution_or_a_closed_one_cannot_be_asked(town: Town, claire: Client) -> None:
    other = towns.build("ailleurs")
    assert claire.post(NEW, form(town, cohorts=[str(other.cohort.uuid)])).status_code == 422
    town.cohort.closed_at = NOW
    town.cohort.save()
    assert claire.post(NEW, form(town)).status_code == 422
    assert not Assignment.objects.exists()


def test_the_numbers_and_the_lists(town: Town, claire: Client) -> None:
    for number, account in (("2", True), ("3", True), ("4", False)):
        towns.add_student(town, number, has_account=account)
    asked = town.ask()
    two, three = (Enrolment.objects.get(student_number=n).user for n in "23")
    Participation.objects.create(assignment=asked, user=two, begun_at=NOW)
    Participation.objects.create(assignment=asked, user=three, begun_at=NOW, test_finished_at=NOW, finished_at=NOW)
    page = text_of(claire, f"{LIST}{asked.uuid}/")
    assert "À qui cela est demandé 4 dont 1 sans compte" in page
    assert "Ont commencé 2 dont 1 n’a pas terminé" in page
    assert "Ont terminé 1 25 %" in page
    people = page.split("Détail par compétence", 1)[1].split("Donner l’adresse")[0]
    assert "Moreau" in people and "Nom4" in people and "pas encore de compte" in people and "Nom2" not in people
    assert "Nom2" in text_of(claire, f"{LIST}{asked.uuid}/?etat=begun")
    assert "terminé le 20 octobre 2026" in text_of(claire, f"{LIST}{asked.uuid}/?etat=finished")
    assert "4 2 1" in text_of(claire, LIST)


def test_a_person_of_two_cohorts_or_who_joined_too_counts_once(town: Town, claire: Client) -> None:
    twin = towns.build("jumeau").cohort
    twin.institution = town.institution
    twin.save()
    student = Enrolment.objects.get(user=town.lina).student
    from lms.cohorts.api import place

    place(student=student, cohort=twin, group="", start_date=towns.SEPTEMBER, now=NOW)
    Enrolment.objects.exclude(student=student).delete()
    asked = town.ask(cohorts=(str(town.cohort.uuid), str(twin.uuid)), is_open=True)
    Participation.objects.create(assignment=asked, user=town.lina, joined_at=NOW, begun_at=NOW)
    outside = towns.person("dehors", "Zoé", "Petit")
    Participation.objects.create(assignment=asked, user=outside, joined_at=NOW, begun_at=NOW)
    page = text_of(claire, f"{LIST}{asked.uuid}/")
    assert "À qui cela est demandé 2 " in page and "Ont commencé 2 " in page
    assert "2 2 0" in text_of(claire, LIST)
    joined = text_of(claire, f"{LIST}{asked.uuid}/?etat=code")
    assert "Zoé Petit" in joined and "Lina Moreau" not in joined


def test_refusing_reads_does_not_share_and_agreement_shows_at_once(town: Town, claire: Client) -> None:
    asked = town.ask()
    address = f"{LIST}{asked.uuid}/"
    assert "pas commencé ne partage pas" in text_of(claire, address)
    grant_sharing(user=town.lina, institution=town.institution, now=NOW)
    assert "pas commencé partage" in text_of(claire, address)
    withdraw_sharing(user=town.lina, institution=town.institution, now=NOW)
    assert "pas commencé ne partage pas" in text_of(claire, address)


def test_closing_opening_again_and_more_time(town: Town, claire: Client) -> None:
    student, asked = towns.add_student(town, "2", group="TD 1"), town.ask()
    here = f"{LIST}{asked.uuid}/"
    for act, said in (("fermer", "close"), ("rouvrir", "rouverte")):
        assert claire.post(f"{here}{act}/")["Location"] == f"{here}?fait={said}"
    extended = {"to": f"student:{student.uuid}", "day": "2026-11-20"}
    assert claire.post(f"{here}prolonger/", extended)["Location"] == f"{here}?fait=prolongee"
    assert "prolongé jusqu’au 20 novembre 2026" in text_of(claire, here)
    for wrong, said in (
        ({"day": "2026-11-10"}, "date"),
        ({"day": "bientôt"}, "date"),
        ({"to": "student:00000000-0000-4000-8000-000000000001"}, "qui"),
        ({"to": "group:Inconnu"}, "qui"),
        ({"to": "n’importe quoi"}, "qui"),
    ):
        assert claire.post(f"{here}prolonger/", {**extended, **wrong})["Location"] == f"{here}?fait={said}"
    told = AuditEntry.objects.filter(action__startswith="assignment.").values_list("action", flat=True)
    assert set(told) == {
        "assignment.created", "assignment.closed", "assignment.reopened", "assignment.extended",
    }  # fmt: skip


def test_what_is_asked_stands_once_somebody_has_begun(town: Town, claire: Client) -> None:
    asked = town.ask()
    here = f"{LIST}{asked.uuid}/modifier/"
    assert claire.post(here, form(town, assessment="training", closes="2026-12-01")).status_code == 303
    asked.refresh_from_db()
    assert asked.assessment is not None and asked.assessment.key == "training"
    assert asked.closes_at == datetime(2026, 12, 1, 22, 59, 59, tzinfo=UTC)
    Participation.objects.create(assignment=asked, user=town.lina, begun_at=NOW)
    assert "Quelqu’un a déjà commencé" in text_of(claire, here)
    claire.post(here, form(town, assessment="placement", message="Encore un peu"))
    asked.refresh_from_db()
    assert (asked.assessment.key, asked.message) == ("training", "Encore un peu")


def test_nobody_sees_another_s(town: Town) -> None:
    asked, other = town.ask(message="CANARI"), towns.build("ailleurs")
    here = f"{LIST}{asked.uuid}/"
    stranger = town.client(other.coordinator)
    assert "CANARI" not in text_of(stranger, LIST) and asked.written_code not in text_of(stranger, LIST)
    for address in (here, f"{here}modifier/"):
        assert stranger.get(address).status_code == 404
    for act in ("fermer", "rouvrir", "prolonger", "relancer", "modifier"):
        assert stranger.post(f"{here}{act}/", {"to": "not_begun", "day": "2027-01-01"}).status_code == 404
    for address in (LIST, NEW, here, f"{LIST}amenagements/"):
        assert town.client().get(address).status_code == 404
        assert Client().get(address).status_code == 302
    asked.refresh_from_db()
    assert asked.closed_at is None


def test_an_instructor_of_one_cohort_sees_and_asks_only_that_one(town: Town) -> None:
    paul, twin = towns.person("paul"), towns.build("jumeau")
    twin.cohort.institution = town.institution
    twin.cohort.save()
    RoleGrant.objects.create(
        user=paul, role=Role.INSTRUCTOR, institution=town.institution, cohort=twin.cohort, granted_at=NOW
    )
    both = town.ask(cohorts=(str(town.cohort.uuid), str(twin.cohort.uuid)), is_open=True)
    hers, client = town.ask(), town.client(paul)
    page = text_of(client, f"{LIST}{both.uuid}/")
    assert "À qui cela est demandé 1 " in page and "Clore" not in page
    assert client.post(f"{LIST}{both.uuid}/fermer/").status_code == 404
    assert client.get(f"{LIST}{hers.uuid}/").status_code == 404
    assert client.post(NEW, form(town)).status_code == 422
    assert client.post(NEW, form(town, is_open="oui", cohorts=[str(twin.cohort.uuid)])).status_code == 422
    assert client.post(NEW, form(town, cohorts=[str(twin.cohort.uuid)])).status_code == 303


def test_a_coordinator_removed_while_looking_is_refused_at_the_next_click(town: Town, claire: Client) -> None:
    asked = town.ask()
    assert claire.get(f"{LIST}{asked.uuid}/").status_code == 200
    RoleGrant.objects.all().delete()
    assert claire.post(f"{LIST}{asked.uuid}/fermer/").status_code == 404


def test_a_university_asks_those_of_an_institute_attached_to_it(town: Town, claire: Client) -> None:
    from lms.cohorts.models import Attachment

    ifsi = towns.build("ifsi")
    Attachment.objects.create(institution=ifsi.institution, parent=town.institution, start_date=towns.SEPTEMBER)
    assert claire.post(NEW, form(town, cohorts=[str(ifsi.cohort.uuid)])).status_code == 303
    asked = Assignment.objects.get()
    for client in (claire, town.client(ifsi.coordinator)):
        assert "À qui cela est demandé 1 " in text_of(client, f"{LIST}{asked.uuid}/")
    assert town.client(ifsi.coordinator).post(f"{LIST}{asked.uuid}/fermer/").status_code == 404


@pytest.mark.parametrize("many", [1, 20])
def test_pages_cost_the_same_for_one_and_for_twenty(
    town: Town, claire: Client, many: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(many):
        towns.add_student(town, f"S{number}")
        town.ask(is_open=True)
    asked = Assignment.objects.order_by("pk").last()
    assert asked is not None
    with django_assert_max_num_queries(10):
        claire.get(LIST)
    with django_assert_max_num_queries(22):
        page = claire.get(f"{LIST}{asked.uuid}/").content.decode()
    assert elements(page) < 1500


def test_a_long_list_has_pages_of_fifty(town: Town, claire: Client) -> None:
    for number in range(60):
        towns.add_student(town, f"S{number:02}")
    asked = town.ask()
    first = claire.get(f"{LIST}{asked.uuid}/").content.decode()
    assert first.count('<th scope="row">') - 1 == 50
    assert elements(first) < 1500
    assert "page=2" in first
    assert "Page 2 sur 2" in text_of(claire, f"{LIST}{asked.uuid}/?page=2")


def test_more_time_can_be_given_to_anybody_of_a_long_list(town: Town, claire: Client) -> None:
    for number in range(60):
        towns.add_student(town, f"S{number:02}")
    Student.objects.filter(student_number="S59").update(last_name="Zywiec-N'Guyen")
    Participation.objects.create(assignment=(asked := town.ask()), user=town.lina, finished_at=NOW, begun_at=NOW)
    here, last = f"{LIST}{asked.uuid}/", Student.objects.get(student_number="S59")
    assert f'value="student:{last.uuid}"' not in claire.get(here).content.decode()
    found = claire.get(f"{here}?qui=nguyen").content.decode()
    assert f'<option value="student:{last.uuid}" selected>' in found
    assert found.count('<option value="student:') == 1 and elements(found) < 1500
    lina = Enrolment.objects.get(user=town.lina).student
    done = claire.get(f"{here}?qui={lina.student_number}").content.decode()
    assert f'value="student:{lina.uuid}"' in done  # whatever they have done
    many = claire.get(f"{here}?qui=S").content.decode()
    assert many.count('<option value="student:') == 50 and "Les 50 premières personnes" in words(many)
    assert "Personne ne répond à « nulle »" in text_of(claire, f"{here}?qui=nulle")


def test_whoever_came_by_the_code_is_found_for_more_time(town: Town, claire: Client) -> None:
    asked, paul = town.ask(is_open=True), towns.person("paul")
    Participation.objects.create(assignment=asked, user=paul, joined_at=NOW)
    page = claire.get(f"{LIST}{asked.uuid}/?qui={paul.first_name or 'paul'}").content.decode()
    assert f'<option value="user:{paul.uuid}" selected>' in page


def test_adjustments_are_granted_without_a_reason(town: Town, claire: Client) -> None:
    address = f"{LIST}amenagements/"
    sent = {"institution": "ici", "number": "1001", "time": "133", "pauses": "15"}
    sent["confirme"] = str(Student.objects.get(student_number="1001").uuid)
    assert claire.post(address, sent).status_code == 303
    page = text_of(claire, address)
    assert "Lina Moreau 1001 temps × 1,33 15 min" in page
    for wrong in ({"number": "9"}, {"number": ""}, {"time": "900"}, {"pauses": "beaucoup"}, {"pauses": "500"}):
        assert claire.post(address, {**sent, **wrong}).status_code == 422
    assert claire.post(address, {**sent, "time": "100", "pauses": "0"}).status_code == 303
    assert "Aucun pour l’instant." in text_of(claire, address)
    entry = AuditEntry.objects.filter(action="accommodation.granted").order_by("pk").first()
    assert entry is not None and entry.details == {"time_percent": 133, "pause_minutes": 15}


def test_what_was_done_before_it_was_asked_counts(town: Town, claire: Client) -> None:
    from kernel import jobs
    from kernel.models import Job
    from lms.learning.api import note_check, see_step

    module = samples.make()
    samples.make_journey([module.key])
    for key in module.step_keys:
        see_step(owner_id=town.lina.pk, module=module, step=key, now=NOW - timedelta(days=9))
    asked = town.ask(assessment_key="", journey_key="socle-etudiants")
    jobs.run(Job.objects.get(kind="prescribing.settle").pk, now=NOW)
    row = Participation.objects.get(assignment=asked)
    assert (row.begun_at, row.finished_at) == (NOW - timedelta(days=9), None)
    note_check(owner_id=town.lina.pk, module=module, points=5, top=5, finished_at=NOW)
    drain()
    row.refresh_from_db()
    assert row.finished_at == NOW
    assert "Ont terminé 1 100 %" in text_of(claire, f"{LIST}{asked.uuid}/")


def test_closing_twice_is_once(town: Town) -> None:
    asked = town.ask()
    for _ in range(2):
        close_assignment(asked=asked, access=town.access(), now=NOW)
    assert AuditEntry.objects.filter(action="assignment.closed").count() == 1
    assert not Attempt.objects.exists()
    grant_role(user=town.lina, role=Role.INSTRUCTOR, institution=town.institution, now=NOW)
    assert date(2026, 11, 10) == asked.closes_at.date()


@pytest.mark.parametrize(
    ("field", "day", "said"),
    [
        ("opens", "0001-01-01", "Cette date est trop ancienne."),
        ("closes", "0001-01-01", "Cette date est trop ancienne."),
        ("opens", "9999-12-31", "Cette date est trop lointaine"),
        ("closes", "9999-12-31", "Cette date est trop lointaine"),
        ("closes", "2036-10-21", "Cette date est trop lointaine"),
    ],
)
def test_a_day_too_far_off_is_refused_with_a_sentence(
    town: Town, claire: Client, field: str, day: str, said: str
) -> None:
    answer = claire.post(NEW, form(town, **{field: day}))
    assert answer.status_code == 422 and said in words(answer.content.decode())
    assert not Assignment.objects.exists()
    asked = town.ask()
    answer = claire.post(f"{LIST}{asked.uuid}/modifier/", form(town, **{field: day}))
    assert answer.status_code == 422 and said in words(answer.content.decode())


@pytest.mark.parametrize(("day", "said"), [("0001-01-01", "date"), ("9999-12-31", "trop-loin")])
def test_more_time_is_within_ten_years(town: Town, claire: Client, day: str, said: str) -> None:
    student, asked = Enrolment.objects.get(user=town.lina).student, town.ask()
    here = f"{LIST}{asked.uuid}/"
    answer = claire.post(f"{here}prolonger/", {"to": f"student:{student.uuid}", "day": day}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{here}?fait={said}"
    assert "Rien n’a changé" in words(answer.content.decode())
    assert not asked.extensions.exists()


def test_the_menu_names_the_cohort_of_a_group_and_the_number_of_a_person(town: Town, claire: Client) -> None:
    towns.add_student(town, "3", group="TD 1")
    twin = towns.add_twin(town, "5", name=town.cohort.name, year="2025-2026", group="TD 1").enrolments.get().cohort
    Student.objects.filter(student_number__in="35").update(last_name="Même")
    asked = town.ask(cohorts=(str(town.cohort.uuid), str(twin.uuid)))
    here = f"{LIST}{asked.uuid}/"
    page = claire.get(here).content.decode()
    old, new = (f"Infirmiers ici, {year}, Université d’ici" for year in ("2025-2026", "2026-2027"))
    assert f'<option value="group:{town.cohort.uuid}:TD 1">TD 1, {new}</option>' in page
    assert f'<option value="group:{twin.uuid}:TD 1">TD 1, {old}</option>' in page
    assert "Ana Même, 3</option>" in page and "Ana Même, 5</option>" in page
    assert f'<th scope="row">{old}</th>' in page and f'<th scope="row">{new}</th>' in page
    extended = {"to": f"group:{twin.uuid}:TD 1", "day": "2026-11-20"}
    assert claire.post(f"{here}prolonger/", extended)["Location"] == f"{here}?fait=prolongee"
    assert asked.extensions.get().cohort == twin
    assert text_of(claire, here).count("prolongé jusqu’au 20 novembre 2026") == 1
    for wrong in ("group:TD 1", f"group:{twin.uuid}:TD 2", f"group:{twin.uuid}:", "group:x:TD 1"):
        assert claire.post(f"{here}prolonger/", {**extended, "to": wrong})["Location"] == f"{here}?fait=qui"
