"""Among ten thousand people: fifty a page; one is found by a name, a number or a group, without accents nor case."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.assessments.models import Assignment
from lms.cohorts.api import Accommodation, Role, Student, grant_role, search
from lms.cohorts.searching import bare
from tests.lms.prescribing import town as towns
from tests.lms.prescribing.reading import elements, text_of, words
from tests.lms.prescribing.town import NOW, Town

pytestmark = pytest.mark.usefixtures("frozen")
LIST = "/pilotage/prescriptions/"
NEW, ADJUSTMENTS = f"{LIST}nouvelle/", f"{LIST}amenagements/"
STUDENT = ("first_name", "last_name", "usage_name", "student_number")


@pytest.fixture
def claire(town: Town) -> Client:
    return town.client(town.coordinator)


def test_names_are_bare_letters() -> None:
    assert bare("D’Été-Lefèvre") == "detelefevre" and bare("Œuvrard ÇAĞLAR") == "oeuvrard caglar"
    assert bare(None) == "" and bare("Łukasz Ørsted") == "lukasz orsted"


@pytest.mark.parametrize(
    "typed", ["lefevre", "LEFÈVRE", "ete lef", "d’été", "zoé", "ZOE", "œuvrard", "oeuv", "AB-12", "ab 12"]
)
def test_the_database_finds_what_python_finds(town: Town, typed: str) -> None:
    facts = {"institution": town.institution, "created_at": NOW}
    zoe = Student.objects.create(
        first_name="Zoé", last_name="D’Été-Lefèvre", usage_name="Œuvrard", student_number="AB-12", **facts
    )
    Student.objects.create(first_name="Zacharie", last_name="Lefort", student_number="99", **facts)
    assert list(search(Student.objects.order_by("pk"), typed, *STUDENT)) == [zoe]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("N'Guyen", "nguyen"),
        ("N’Guyen", "NGUYEN"),
        ("Nguyen", "n'guyen"),
        ("N‑Guyen", "n’guyen"),
        ("N'Guyen", "n guyen"),
        ("Le-Goff", "legoff"),
        ("Le Goff", "le-goff"),
        ("D'Aubigné", "aubigne"),
    ],
)
def test_apostrophes_and_hyphens_hide_nobody(town: Town, written: str, typed: str) -> None:
    facts = {"institution": town.institution, "created_at": NOW, "student_number": "7"}
    linh = Student.objects.create(first_name="Linh", last_name=written, **facts)
    Student.objects.create(first_name="Zoé", last_name="Gutenberg", **facts | {"student_number": "8"})
    assert list(search(Student.objects.order_by("pk"), typed, *STUDENT)) == [linh]
    assert list(search(Student.objects.order_by("pk"), f"{typed} linh", *STUDENT)) == [linh]
    assert not search(Student.objects.order_by("pk"), f"{typed} zoé", *STUDENT).exists()


def test_one_is_found_among_many(town: Town, claire: Client) -> None:
    asked = town.ask()
    for place in range(60):
        towns.add_student(town, f"{2000 + place}", has_account=False, group="TD 1" if place else "TD Épicéa")
    Student.objects.filter(student_number="2007").update(first_name="Zoé", last_name="Lefèvre")
    here = f"{LIST}{asked.uuid}/"
    with CaptureQueriesContext(connection) as whole:
        page = claire.get(here).content.decode()
    assert words(page).count("Nom20") <= 2 * 50 and elements(page) <= 1500
    with CaptureQueriesContext(connection) as few:
        found = text_of(claire, f"{here}?q=LEFEVRE")
    assert "Zoé Lefèvre" in found and "Nom2008" not in found and len(few) <= len(whole)
    assert "Nom2008" in text_of(claire, f"{here}?q=2008") and "Nom2000" in text_of(claire, f"{here}?q=epicea")
    assert "Personne ne répond à « nulle part » dans cette liste." in text_of(claire, f"{here}?q=nulle+part")
    assert "q=LEFEVRE" in claire.get(f"{here}?q=LEFEVRE").content.decode()  # kept from one list to the other
    assert claire.get(f"{here}?q=%00%25_'&page=zz").status_code == 200


def test_who_came_by_the_code_is_found_too(town: Town, claire: Client) -> None:
    asked = town.ask(is_open=True)
    for name in ("Amélie", "Bastien"):
        user = towns.person(name.lower().replace("é", "e"), name, "Dupré")
        asked.participations.create(user=user, joined_at=NOW)
    here = f"{LIST}{asked.uuid}/?etat=code"
    assert "Bastien" not in (found := text_of(claire, f"{here}&q=amelie")) and "Amélie Dupré" in found


def test_the_address_fills_the_form(town: Town, claire: Client) -> None:
    other = towns.add_twin(town, "77", name="Autre", group="")
    uuid = other.enrolments.get().cohort.uuid
    for query in (f"cohorts={uuid}", f"cohorte={uuid}"):
        page = claire.get(f"{NEW}?{query}&message=À+travailler&closes=2026-12-01").content.decode()
        assert (
            f'value="{uuid}" checked' in page
            and page.count(" checked") == claire.get(NEW).content.decode().count(" checked") + 1
        )
        assert "À travailler" in page and 'value="2026-12-01"' in page and 'value="2026-10-20"' in page
    assert Assignment.objects.count() == 0
    assert claire.get(f"{NEW}?cohorts=nothing&institution=ailleurs&closes=x&message=%00").status_code == 200


def test_the_cohort_of_an_institute_asks_in_its_name(town: Town, claire: Client) -> None:
    there = towns.build("la")
    grant_role(user=town.coordinator, role=Role.COORDINATOR, institution=there.institution, now=NOW)
    for key, cohort in (("ici", town.cohort), ("la", there.cohort)):
        page = claire.get(f"{NEW}?cohorts={cohort.uuid}").content.decode()
        assert f'<option value="{key}" selected>' in page


def test_a_name_is_read_before_it_is_granted(town: Town, claire: Client) -> None:
    Student.objects.filter(student_number="1001").update(student_number="AB01")
    sent = {"institution": "ici", "number": " ab 01", "time": "133", "pauses": "15"}
    asking = claire.post(ADJUSTMENTS, sent)
    said = words(asking.content.decode())
    assert asking.status_code == 200 and "Le numéro AB01 est celui de Lina Moreau" in said
    assert "15 min de pause" in said and not Accommodation.objects.exists()
    wrong = claire.post(ADJUSTMENTS, {**sent, "confirme": str(town.cohort.uuid)})
    assert wrong.status_code == 200 and not Accommodation.objects.exists()
    student = Student.objects.get(student_number="AB01")
    assert claire.post(ADJUSTMENTS, {**sent, "confirme": str(student.uuid)}).status_code == 303
    assert Accommodation.objects.get().student == student
