"""Pages of institutions: facts, attachments, cohorts, a new year, mergers; 404 for whoever does not keep them."""

import pytest
from django.test import Client

from kernel import clock
from kernel.models import AuditEntry
from lms.accounts.api import User
from lms.cohorts.api import Role
from lms.cohorts.institutions.merging import merge_institution
from lms.cohorts.models import Attachment, Cohort, Enrolment, Institution
from tests.lms.cohorts.country import Country, member

LIST = "/pilotage/etablissements/"
AMBRE, BRUME = f"{LIST}ambre/", f"{LIST}brume/"
FACTS = {"name": "Université d’Ambre", "city": "Ambre", "website": "", "privacy_contact": "dpo@ambre.example",
         "language": "fr"}  # fmt: skip


@pytest.fixture(autouse=True)
def today(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: country.now)


@pytest.fixture
def claire(country: Country, client: Client) -> User:
    user = country.coordinator()
    client.force_login(user)
    return user


@pytest.fixture
def admin(country: Country, client: Client) -> User:
    user = member("admin", is_superuser=True)
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    "path",
    ["", "cohortes/", "cohortes/{cohort}/", "rattachements/", "rattachements/{attachment}/", "annee/", "reunion/"],
)
@pytest.mark.parametrize("key", ["brume", "institut", "nowhere"])
def test_another_s_institution_does_not_exist(
    country: Country, claire: User, client: Client, key: str, path: str
) -> None:
    cohort = country.cohorts.get(key, country.cohorts["ambre"])
    address = f"{LIST}{key}/" + path.format(cohort=cohort.uuid, attachment=Attachment.objects.get().pk)
    posted = client.post(address, {"annee": "2026-2027"})
    assert posted.status_code == 404
    assert client.get(address).status_code in ((405,) if path in ("rattachements/", "annee/") else (404,))


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.LEARNER, Role.PILOT])
@pytest.mark.parametrize("address", [LIST, AMBRE, f"{AMBRE}cohortes/", f"{LIST}nouveau/", f"{AMBRE}reunion/"])
def test_only_those_who_keep_institutions_come_in(country: Country, client: Client, role: str, address: str) -> None:
    client.force_login(country.person("x", (role, None if role == Role.PILOT else "ambre")))
    assert client.get(address).status_code == 404


def test_a_coordinator_lists_and_corrects_their_own(country: Country, claire: User, client: Client) -> None:
    text = client.get(LIST).content.decode()
    assert "Université Ambre" in text and "Brume" not in text and "Institut" not in text
    response = client.post(AMBRE, {**FACTS, "kind": "hospital", "is_counted": "on"}, follow=True)
    assert "sont enregistrées" in response.content.decode()
    house = Institution.objects.get(key="ambre")
    assert (house.name, house.privacy_contact) == ("Université d’Ambre", "dpo@ambre.example")
    assert (house.kind, house.is_counted) == ("university", False)  # not theirs to say
    entry = AuditEntry.objects.get(action="institution.changed")
    assert entry.details["after"]["city"] == "Ambre" and entry.actor_id == claire.pk


def test_a_name_already_taken_is_refused(country: Country, claire: User, client: Client) -> None:
    response = client.post(AMBRE, {**FACTS, "name": "université BRUME"})
    assert response.status_code == 409 and "porte déjà ce nom" in response.content.decode()
    assert Institution.objects.get(key="ambre").name == "Université Ambre"


@pytest.mark.parametrize("path", ["nouveau/", "ambre/reunion/"])
def test_creating_and_merging_are_for_administrators(claire: User, client: Client, path: str) -> None:
    for response in (client.get(LIST + path), client.post(LIST + path, {"into": "1"})):
        assert response.status_code == 404


def test_an_administrator_creates_an_institute(country: Country, admin: User, client: Client) -> None:
    said = {**FACTS, "name": "IFSI de Valserine", "kind": "institute", "time_zone": "Europe/Paris", "uai": "0123456a"}
    asked = client.get(f"{LIST}nouveau/").content.decode()
    assert '<option value="">Choisir</option>' in asked and "-----" not in asked
    response = client.post(f"{LIST}nouveau/", said)
    assert response["Location"] == f"{LIST}ifsi-de-valserine/?fait=cree"
    made = Institution.objects.get(key="ifsi-de-valserine")
    assert (made.kind, made.uai) == ("institute", "0123456A")
    assert client.post(f"{LIST}nouveau/", said).status_code == 409
    bad = client.post(f"{LIST}nouveau/", {**said, "uai": "12"})
    assert bad.status_code == 422 and "sept chiffres et une lettre" in bad.content.decode()


def test_attaching_and_ending(country: Country, client: Client) -> None:
    country.house("hopital", "hospital")
    client.force_login(country.coordinator("hopital"))
    said = {"parent": country.houses["brume"].pk, "start_date": "2026-09-01", "end_date": ""}
    page = f"{LIST}hopital/"
    assert client.post(f"{page}rattachements/", said)["Location"] == f"{page}?fait=rattache"
    row = Attachment.objects.get(parent=country.houses["brume"])
    again = client.post(f"{page}rattachements/", said)
    assert again.status_code == 422 and "couvre déjà" in again.content.decode()
    early = client.post(f"{page}rattachements/{row.pk}/", {"end_date": "2026-09-01"})
    assert early.status_code == 422 and "après son début" in early.content.decode()
    client.post(f"{page}rattachements/{row.pk}/", {"end_date": "2026-12-01"})
    row.refresh_from_db()
    assert str(row.end_date) == "2026-12-01"


def test_a_university_cannot_take_an_institute_by_itself(country: Country, claire: User, client: Client) -> None:
    """Attaching shows people: it is for the institute to say, or for the platform's administrators."""
    page = client.get(AMBRE).content.decode()
    assert "Rattacher à une université" not in page
    said = {"parent": country.houses["ambre"].pk, "start_date": "2026-09-01"}
    assert client.post(f"{BRUME}rattachements/", said).status_code == 404


def test_a_cohort_is_opened_renamed_closed_and_opened_again(country: Country, claire: User, client: Client) -> None:
    said = {"name": "L1", "programme": country.programme.pk, "academic_year": "2026-2027", "year_of_study": "1"}
    page = f"{AMBRE}cohortes/"
    assert "est créée" in client.post(page, said, follow=True).content.decode()
    assert client.post(page, said).status_code == 409
    cohort = Cohort.objects.get(name="L1")
    taken = client.post(f"{page}{cohort.uuid}/", {"name": "Cohorte ambre"})
    assert taken.status_code == 409 and "porte déjà ce nom" in taken.content.decode()
    client.post(f"{page}{cohort.uuid}/", {"name": "L2", "year_of_study": "2"})
    client.post(f"{page}{cohort.uuid}/", {"clore": "1"})
    cohort.refresh_from_db()
    assert (cohort.name, cohort.year_of_study, cohort.closed_at) == ("L2", 2, country.now)
    client.post(f"{page}{cohort.uuid}/", {"rouvrir": "1"})
    cohort.refresh_from_db()
    assert cohort.closed_at is None
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["cohort.opened", "cohort.renamed", "cohort.closed", "cohort.reopened"]


def test_a_new_year_copies_the_open_cohorts_without_their_people(
    country: Country, claire: User, client: Client
) -> None:
    closed = country.cohort("ambre", "Close")
    Cohort.objects.filter(pk=closed.pk).update(closed_at=country.now)
    enrolments = Enrolment.objects.count()
    for _ in range(2):
        client.post(f"{AMBRE}annee/", {"annee": "2026-2027"})
    names = list(Cohort.objects.filter(academic_year="2027-2028").values_list("name", flat=True))
    assert names == ["Cohorte ambre"]
    assert Enrolment.objects.count() == enrolments
    assert client.post(f"{AMBRE}annee/", {"annee": "2026"}).status_code == 404


def test_a_merger_is_told_before_it_is_done(country: Country, admin: User, client: Client) -> None:
    country.student("ambre", "0012")
    country.student("brume", "12")
    into = country.houses["brume"]
    page = client.get(f"{AMBRE}reunion/?into={into.pk}").content.decode()
    assert "2 étudiants" in page and "1 cohorte<" in page and "0012 / 12" in page
    assert country.houses["ambre"].students.count() == 2
    assert client.post(f"{AMBRE}reunion/", {"into": into.pk})["Location"] == f"{BRUME}?fait=reuni"
    assert country.houses["ambre"].students.count() == 0
    assert client.get(AMBRE)["Location"] == BRUME
    assert "A repris Université Ambre le 20 octobre 2026" in client.get(BRUME).content.decode()
    assert client.get(f"{AMBRE}reunion/").status_code == 404


def test_the_old_address_leads_a_coordinator_to_the_new_one(country: Country, claire: User, client: Client) -> None:
    merge_institution(source=country.houses["ambre"], into=country.houses["brume"], actor_id=None, now=country.now)
    assert "Université Brume" in client.get(AMBRE, follow=True).content.decode()


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize(("address", "queries"), [(LIST, 4), (AMBRE, 8), (f"{AMBRE}cohortes/", 8)])
def test_pages_cost_the_same_for_one_and_for_twenty(
    country: Country,
    admin: User,
    client: Client,
    address: str,
    queries: int,
    count: int,
    django_assert_num_queries: object,
) -> None:
    for number in range(count):
        country.house(f"institut-{number}", "institute")
        country.attach(f"institut-{number}", "ambre")
        country.cohort("ambre", f"Cohorte {number}")
    client.get(address)
    with django_assert_num_queries(queries):  # type: ignore[operator]
        client.get(address)


def test_a_page_reads_without_writing(country: Country, claire: User, client: Client) -> None:
    before = list(Institution.objects.order_by("pk").values()), Attachment.objects.count()
    for address in (LIST, AMBRE, f"{AMBRE}cohortes/"):
        client.get(address)
    assert (list(Institution.objects.order_by("pk").values()), Attachment.objects.count()) == before


@pytest.mark.parametrize(("day", "words"), [("1006-01-01", "trop ancienne"), ("2206-09-01", "trop lointaine")])
def test_a_day_that_was_mistyped_attaches_nothing(
    country: Country, admin: User, client: Client, day: str, words: str
) -> None:
    row = Attachment.objects.get()
    said = {"parent": country.houses["brume"].pk, "start_date": day, "end_date": ""}
    response = client.post(f"{LIST}institut/rattachements/", said)
    assert response.status_code == 422 and words in response.content.decode()
    response = client.post(f"{LIST}institut/rattachements/{row.pk}/", {"end_date": day})
    assert response.status_code == 422 and words in response.content.decode()
    row.refresh_from_db()
    assert row.end_date is None and Attachment.objects.count() == 1


def test_an_old_address_leads_on_without_saying_again_what_was_done(
    country: Country, admin: User, client: Client
) -> None:
    merge_institution(source=country.houses["brume"], into=country.houses["ambre"], actor_id=admin.pk, now=country.now)
    response = client.get(f"{BRUME}?fait=faits&p=grand")
    assert response.status_code == 303 and response["Location"] == f"{AMBRE}?p=grand"
