"""The screens of a roster, without JavaScript: from the file to what it changed, for its coordinator alone."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kernel import clock, jobs
from kernel.models import AuditEntry, Job
from lms.cohorts.api import Cohort, Role, Student
from lms.cohorts.rosters.models import RosterImport, RosterLayout
from tests.lms.cohorts.country import Country
from tests.lms.cohorts.rosters.making import as_csv, student

HOME = "/pilotage/inscriptions/"
PIX = ("Premier prénom", "Deuxième prénom", "Troisième prénom", "Nom de famille", "Nom d’usage", "Date de naissance",
       "Email", "Numéro étudiant", "Composante", "Équipe pédagogique", "Groupe", "Diplôme", "Régime")  # fmt: skip


@pytest.fixture(autouse=True)
def today(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: country.now)


@pytest.fixture
def coordinator(claire, client: Client) -> Client:
    client.force_login(claire)
    return client


def pix(*numbers: int) -> bytes:
    lines = [
        (
            "Ada",
            "Marie",
            "",
            f"Martin{n}",
            "",
            "31/12/2004",
            f"ada{n}@x.example",
            f"2{n}",
            "UFR",
            "A",
            "TD 1",
            "L2",
            "FI",
        )
        for n in numbers
    ]
    return as_csv(lines, header=PIX)


def post(client: Client, data: bytes, country: Country, **more: str):
    file = SimpleUploadedFile("liste.csv", data)
    said = {"cohort": country.cohorts["ambre"].pk, "mode": "add", "file": file, **more}
    return client.post(HOME, said)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_from_the_thirteen_columns_to_the_result(country, coordinator):
    response = post(coordinator, pix(1, 2), country)
    assert response.status_code == 303
    address = response["Location"]
    text = page(coordinator, address)
    assert "Ce que 2 lignes changent" in text and "nouveaux étudiants" in text and "ada1@x.example" in text
    assert "Composante, Équipe pédagogique, Diplôme, Régime" in text
    roster = RosterImport.objects.get()
    assert coordinator.post(address, {"apercu": roster.digest}).status_code == 303
    waiting = page(coordinator, address)
    assert "<progress" in waiting and 'http-equiv="refresh"' in waiting
    job = Job.objects.get(kind="cohorts.apply_roster")
    jobs.run(job.pk, now=country.now)
    done = page(coordinator, address)
    assert "La liste est appliquée" in done and 'http-equiv="refresh"' not in done
    assert f'href="/pilotage/cohorte/{country.cohorts["ambre"].uuid}/"' in done
    assert Student.objects.get(student_number="21").other_names == "Marie"
    assert "liste.csv" in page(coordinator, HOME)
    actions = list(
        AuditEntry.objects.filter(action__startswith="roster.").order_by("pk").values_list("action", flat=True)
    )
    assert actions == ["roster.begun", "roster.confirmed", "roster.applied"]


def test_columns_that_are_not_known_are_named_once(country, coordinator):
    response = post(coordinator, as_csv([student(1)]), country)
    address = response["Location"]
    text = page(coordinator, address)
    assert "Quelle colonne est quoi" in text and "selected>Numéro étudiant" in text
    bad = coordinator.post(f"{address}colonnes/", {"last_name": "1", "first_name": "1", "student_number": "0"})
    assert bad.status_code == 422 and "ne sert qu’une fois" in bad.content.decode()
    said = {"student_number": "0", "last_name": "1", "first_name": "2", "birth_date": "", "email": "4", "group": "5"}
    assert coordinator.post(f"{address}colonnes/", said).status_code == 303
    assert "ada.1@univ.example" in page(coordinator, address)
    assert RosterLayout.objects.get().mapping["email"] == 4
    again = post(coordinator, as_csv([student(1)]), country)
    assert "Ce que 1 ligne change" in page(coordinator, again["Location"])


def test_errors_are_a_table_and_a_file_that_no_spreadsheet_obeys(country, coordinator):
    data = pix(1, 2).decode("utf-8-sig").replace(";Martin2;", ";;")
    address = post(coordinator, data.encode(), country)["Location"]
    text = page(coordinator, address)
    assert "1 erreur" in text and "Il manque le nom." in text
    rows = list(
        csv.reader(io.StringIO(coordinator.get(f"{address}erreurs.csv").content.decode("utf-8-sig")), delimiter=";")
    )
    assert rows == [
        ["Ligne", "Colonne", "Nom", "Numéro", "Ce qui ne va pas"],
        ["3", "Nom de famille", "Ada", "22", "Il manque le nom."],
    ]
    roster = RosterImport.objects.get()
    roster.said["errors"] = [[3, "=Nom", "@x", {}]]
    roster.save()
    assert "'=Nom;Ada;22;'@x" in coordinator.get(f"{address}erreurs.csv").content.decode()


def test_doubts_are_decided_on_a_page(country, coordinator):
    lea = Student.objects.create(
        institution=country.houses["ambre"], first_name="Ada", last_name="Martin1", created_at=country.now
    )
    address = post(coordinator, pix(1), country)["Location"]
    assert "Trancher 1 doute" in page(coordinator, address)
    text = page(coordinator, f"{address}doutes/")
    assert "C’est Ada Martin1" in text and "sans numéro" in text
    refused = coordinator.post(address, {"apercu": RosterImport.objects.get().digest})
    assert refused.status_code == 409 and "doutes" in refused.content.decode()
    response = coordinator.post(f"{address}doutes/", {"ligne-2": str(lea.uuid)})
    assert response["Location"] == address
    assert "Appliquer la liste" in page(coordinator, address)
    again = coordinator.post(address, {"revoir": "1"})
    assert again["Location"] == f"{address}doutes/"


def test_two_lines_of_one_person_are_named_on_the_page_of_doubts(country, coordinator):
    address = post(coordinator, pix(1, 2).replace(b"Martin2", b"MARTIN1"), country)["Location"]
    text = page(coordinator, f"{address}doutes/")
    assert "Ligne 3" in text and "qu’à la ligne 2" in text


def test_replacing_says_how_many_leave_before(country, coordinator):
    address = post(coordinator, pix(1), country, mode="replace")["Location"]
    assert "1 personne sur 1 n’est pas dans le fichier" in page(coordinator, address)


def test_a_new_cohort_is_created_with_its_list_or_not_at_all(country, coordinator):
    said = {"cohort": "", "name": "L3", "institution": country.houses["ambre"].pk, "programme": country.programme.pk,
            "academic_year": "2026-2027"}  # fmt: skip
    bad = post(coordinator, b"%PDF", country, **said)
    assert bad.status_code == 422 and "PDF" in bad.content.decode()
    assert not Cohort.objects.filter(name="L3").exists()
    assert post(coordinator, pix(1), country, **said).status_code == 303
    assert Cohort.objects.get(name="L3").institution == country.houses["ambre"]
    none = post(coordinator, pix(1), country, cohort="")
    assert none.status_code == 422 and "Choisissez une cohorte" in none.content.decode()


def test_a_file_too_large_is_refused_before_it_is_read(country, coordinator, monkeypatch):
    monkeypatch.setattr("lms.cohorts.rosters.forms.MAX_BYTES", 10)
    response = post(coordinator, pix(1), country)
    assert response.status_code == 422 and "dépasse" in response.content.decode()


def test_the_model_files(coordinator):
    response = coordinator.get(f"{HOME}modele.csv")
    assert response.content.decode("utf-8-sig").strip() == ";".join(PIX)
    assert coordinator.get(f"{HOME}modele.xlsx").content.startswith(b"PK")
    assert coordinator.get(f"{HOME}modele.pdf").status_code == 404


def test_the_lines_left_out_are_told_again_after_the_import(country, coordinator):
    data = pix(1, 2).decode("utf-8-sig").replace(";Martin2;", ";;")
    address = post(coordinator, data.encode(), country)["Location"]
    coordinator.post(address, {"apercu": RosterImport.objects.get().digest})
    jobs.run(Job.objects.get(kind="cohorts.apply_roster").pk, now=country.now)
    done = page(coordinator, address)
    assert "Lignes laissées de côté" in done and "Il manque le nom." in done and f"{address}erreurs.csv" in done
    assert "Il manque le nom." in coordinator.get(f"{address}erreurs.csv").content.decode("utf-8-sig")
    RosterImport.objects.update(said={})
    assert "gardée un jour, puis effacée" in page(coordinator, address)


def test_a_cohort_made_for_a_list_goes_with_it_unless_something_leans_on_it(country, coordinator):
    said = {"cohort": "", "institution": country.houses["ambre"].pk, "programme": country.programme.pk,
            "academic_year": "2026-2027"}  # fmt: skip
    for name in ("L3", "M1"):
        post(coordinator, pix(1), country, name=name, **said)
    kept = Cohort.objects.get(name="M1")
    country.student("ambre", "77", cohort=kept)
    for roster in RosterImport.objects.order_by("pk"):
        gone = coordinator.post(f"{HOME}{roster.uuid}/abandonner/")
        words = "la cohorte qu’il ouvrait aussi" if roster.cohort_id != kept.pk else "Rien n’a changé"
        assert words in page(coordinator, gone["Location"])
    assert list(Cohort.objects.filter(name__in=("L3", "M1"))) == [kept]
    assert AuditEntry.objects.filter(action="cohort.removed").get().details["name"] == "L3"
    address = post(coordinator, pix(1), country)["Location"]
    coordinator.post(f"{address}abandonner/")
    assert Cohort.objects.filter(pk=country.cohorts["ambre"].pk).exists()


def test_giving_up(country, coordinator):
    address = post(coordinator, pix(1), country)["Location"]
    response = coordinator.post(f"{address}abandonner/")
    assert "abandonné" in page(coordinator, response["Location"])
    assert "abandonné" in page(coordinator, address)
    assert coordinator.post(f"{address}abandonner/").status_code == 409


def test_an_import_that_failed_says_so(country, coordinator):
    address = post(coordinator, pix(1), country)["Location"]
    coordinator.post(address, {"apercu": RosterImport.objects.get().digest})
    Job.objects.update(state="failed")
    text = page(coordinator, address)
    assert "n’a pas abouti" in text and 'http-equiv="refresh"' not in text


@pytest.mark.parametrize(
    ("role", "house"),
    [(Role.INSTRUCTOR, "ambre"), (Role.COORDINATOR, "brume"), (Role.COORDINATOR, "institut"), (Role.PILOT, None)],
)
def test_nobody_else_sees_an_import(country, coordinator, role, house):
    address = post(coordinator, pix(1), country)["Location"]
    other = Client()
    other.force_login(country.person("other", (role, house)))
    for path in (address, f"{address}colonnes/", f"{address}doutes/", f"{address}erreurs.csv"):
        assert other.get(path).status_code == 404, path
    for path in (address, f"{address}colonnes/", f"{address}doutes/", f"{address}abandonner/"):
        assert other.post(path, {"apercu": "x"}).status_code == 404, path
    assert RosterImport.objects.get().state == "ready"
    theirs = {"cohort": country.cohorts["ambre"].pk, "mode": "add", "file": SimpleUploadedFile("x.csv", pix(2))}
    assert other.post(HOME, theirs).status_code in (404, 422)
    assert RosterImport.objects.count() == 1


def test_a_coordinator_removed_in_between_is_refused_at_the_next_click(country, claire, coordinator):
    address = post(coordinator, pix(1), country)["Location"]
    claire.role_grants.all().delete()
    assert coordinator.get(address).status_code == 404
    assert coordinator.post(address, {"apercu": RosterImport.objects.get().digest}).status_code == 404


def test_a_university_brings_in_the_people_of_its_institute(country, coordinator):
    response = post(coordinator, pix(1), country, cohort=str(country.cohorts["institut"].pk))
    assert response.status_code == 303
    assert RosterImport.objects.get().cohort == country.cohorts["institut"]


def test_as_many_queries_for_twenty_imports_as_for_one(country, coordinator):
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            page(coordinator, address)
        return len(found)

    address = post(coordinator, pix(1), country)["Location"]
    home, preview = queries(HOME), queries(address)
    for _more in range(20):
        wide = post(coordinator, pix(*range(1, 30)), country)["Location"]
    assert (queries(HOME), queries(wide)) == (home, preview)


def test_looking_changes_nothing(country, coordinator):
    address = post(coordinator, pix(1), country)["Location"]
    before = list(RosterImport.objects.values())
    for path in (HOME, address, f"{address}colonnes/", f"{address}doutes/", f"{address}erreurs.csv"):
        coordinator.get(path)
    assert list(RosterImport.objects.values()) == before
