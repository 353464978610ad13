"""One place, one account: by letter, by code and number, by address; and nobody learns who is enrolled."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kernel import clock, jobs, retention
from kernel.errors import NotFound
from kernel.models import AuditEntry, Job, Mail, OutboxEvent
from lms.cohorts.api import (
    Role,
    Student,
    access_of,
    grant_sharing,
    is_sharing,
    leave_place,
    places_for,
    places_of,
)
from lms.cohorts.claiming import codes, letters, services
from lms.cohorts.claiming.errors import HoldsAnother, LinkExpired, LinkUnknown, NumberRefused, PlaceTaken, TooManyTries
from lms.cohorts.models import ClaimLetter, JoinCode, WrongTry
from tests.lms.cohorts.country import Country, member

LATER = timedelta(days=1)


@pytest.fixture(autouse=True)
def today(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: country.now)


@pytest.fixture
def ada(country: Country) -> Student:
    """Somebody Ambre has enrolled, at an address of hers."""
    student = country.student("ambre", "21000001")
    Student.objects.filter(pk=student.pk).update(first_name="Ada", last_name="Martin", email="ada@univ.example")
    student.refresh_from_db()
    return student


@pytest.fixture
def access(country: Country):
    return access_of(country.coordinator().pk, country.now)


@pytest.fixture
def code(country: Country, access) -> JoinCode:
    return codes.renew(cohort=country.cohorts["ambre"], access=access, now=country.now)


def is_held_by(student, user) -> bool:
    student.refresh_from_db()
    return student.user == user and all(row.user == user for row in student.enrolments.all())


def write(country, access, *, again=False, now=None) -> int:
    at = now or country.now
    count = letters.write_to_all(
        cohort=country.cohorts["ambre"], is_again=again, address=lambda token: f"http://here/rejoindre/{token}/",
        access=access, now=at,
    )  # fmt: skip
    for job in Job.objects.filter(kind=letters.JOB, state=Job.State.QUEUED).order_by("pk"):
        jobs.run(job.pk, now=at)
        job.refresh_from_db()
        assert job.state == Job.State.DONE, job.error
    return count


def token_of(mail: Mail) -> str:
    return mail.text.split("http://here/rejoindre/")[1].split("/")[0]


# --- by address -------------------------------------------------------------------------------------------------------


def test_a_proved_address_is_offered_its_place(country, ada):
    user = member("x")
    assert places_for(user) == []
    mine = EmailAddress.objects.create(user=user, email="Ada@Univ.example", verified=False)
    assert places_for(user) == []
    with pytest.raises(NotFound):
        services.claim_by_address(user=user, student=ada, now=country.now)
    mine.verified = True
    mine.save()
    (place,) = places_for(user)
    assert place.student == ada and place.cohorts == ("Cohorte ambre",)
    services.claim_by_address(user=user, student=ada, now=country.now)
    assert is_held_by(ada, user) and ada.claimed_at == country.now
    assert places_for(user) == [] and places_of(user) == [ada]
    assert OutboxEvent.objects.filter(kind__endswith="EnrolmentClaimed").count() == 1


def test_a_student_without_address_is_offered_to_nobody(country):
    user = member("x")
    EmailAddress.objects.filter(user=user).update(email="")
    with pytest.raises(NotFound):
        services.claim_by_address(user=user, student=country.students["ambre"], now=country.now)


def test_offering_costs_the_same_for_one_place_and_twenty(country):
    user = member("x")

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            list(places_for(user))
        return len(found)

    def enrol(count: int) -> None:
        for _more in range(count):
            place = country.student("ambre", f"n{Student.objects.count()}", cohort=country.cohorts["ambre"])
            Student.objects.filter(pk=place.pk).update(email=user.email)

    enrol(1)
    one = queries()
    enrol(19)
    assert len(places_for(user)) == 20 and queries() == one == 2


# --- by code ----------------------------------------------------------------------------------------------------------


def test_a_code_and_a_number(country, ada, code):
    user = member("x")
    typed = f" {code.code[:4].lower()} {code.code[4:]} "
    services.claim_by_number(user=user, code=typed, number=" 2100 0001 ", now=country.now)
    assert is_held_by(ada, user)
    services.claim_by_number(user=user, code=typed, number="21000001", now=country.now)
    assert not WrongTry.objects.exists()


def test_codes_are_eight_signs_that_nobody_misreads(country, code):
    assert len(code.code) == 8 and set(code.code) <= set(codes.LETTERS)
    assert not set(codes.LETTERS) & set("01OIL")


def test_a_code_expires_is_renewed_and_withdrawn(country, ada, code, access):
    cohort, user = country.cohorts["ambre"], member("x")
    for opens_at, is_open in ((timedelta(days=29), True), (timedelta(days=30), False)):
        assert JoinCode.objects.valid(country.now + opens_at).exists() == is_open
    new = codes.renew(cohort=cohort, access=access, now=country.now)
    with pytest.raises(LinkUnknown):
        services.claim_by_number(user=user, code=code.code, number="21000001", now=country.now)
    codes.withdraw(cohort=cohort, access=access, now=country.now)
    with pytest.raises(LinkUnknown):
        services.claim_by_number(user=user, code=new.code, number="21000001", now=country.now)
    assert AuditEntry.objects.filter(action="join_code.withdrawn").count() == 1
    cohort.closed_at = country.now
    cohort.save()
    assert not JoinCode.objects.valid(country.now).exists()


def test_the_answer_is_the_same_for_a_number_unknown_taken_or_of_another_cohort(country, ada, code):
    holder, user = member("holder"), member("x")
    services.claim_by_number(user=holder, code=code.code, number="21000001", now=country.now)
    country.student("ambre", "elsewhere", cohort=country.cohort("ambre", "Autre"))
    said = set()
    for number in ("21000001", "nobody", "elsewhere", ""):
        with pytest.raises(NumberRefused) as refused:
            services.claim_by_number(user=user, code=code.code, number=number, now=country.now)
        said.add(refused.value.sentence)
    assert len(said) == 1
    assert is_held_by(ada, holder)
    assert WrongTry.objects.filter(user=user).count() == 4


def test_five_wrong_numbers_in_an_hour_lock_that_account_for_an_hour(country, ada, code):
    user, other = member("x"), member("other")

    def try_at(minutes: int, number: str = "wrong", who=user) -> None:
        services.claim_by_number(user=who, code=code.code, number=number, now=country.now + timedelta(minutes=minutes))

    for minutes in (0, 10, 20, 30, 40):
        with pytest.raises(NumberRefused):
            try_at(minutes)
    for minutes in (41, 65, 99):
        with pytest.raises(TooManyTries):
            try_at(minutes, "21000001")
    assert WrongTry.objects.count() == 5
    with pytest.raises(NumberRefused):
        try_at(41, who=other)
    try_at(100, "21000001")
    assert is_held_by(ada, user)


def test_four_wrong_numbers_an_hour_lock_nobody(country, ada, code):
    user = member("x")
    for minutes in range(0, 300, 16):
        with pytest.raises(NumberRefused):
            services.claim_by_number(
                user=user, code=code.code, number="wrong", now=country.now + timedelta(minutes=minutes)
            )


def test_whoever_holds_a_place_learns_nothing_of_other_numbers(country, ada, code):
    country.student("ambre", "21000002")
    user = member("x")
    services.claim_by_number(user=user, code=code.code, number="21000001", now=country.now)
    for number in ("21000002", "unknown"):
        with pytest.raises(HoldsAnother):
            services.claim_by_number(user=user, code=code.code, number=number, now=country.now)


def test_wrong_tries_are_kept_a_day(country, ada, code):
    user = member("x")
    with pytest.raises(NumberRefused):
        services.claim_by_number(user=user, code=code.code, number="wrong", now=country.now)
    retention.purge(now=country.now + timedelta(hours=25))
    assert not WrongTry.objects.exists()


# --- by letter --------------------------------------------------------------------------------------------------------


def test_a_letter_is_a_link_to_one_place(country, ada, access):
    assert write(country, access) == 1
    mail = Mail.objects.get()
    assert mail.to == "ada@univ.example" and "Ada Martin" in mail.text and "Cohorte ambre" in mail.subject
    token = token_of(mail)
    assert not ClaimLetter.objects.filter(token_digest=token).exists()
    user = member("private")
    services.claim_by_letter(user=user, token=token, now=country.now + LATER)
    assert is_held_by(ada, user)
    with pytest.raises(LinkUnknown):
        services.claim_by_letter(user=member("other"), token=token, now=country.now + LATER)


def test_a_letter_expires(country, ada, access):
    write(country, access)
    with pytest.raises(LinkExpired):
        services.claim_by_letter(user=member("x"), token=token_of(Mail.objects.get()), now=country.now + letters.VALID)


def test_nobody_is_written_to_twice_in_three_days_unless_asked(country, ada, access):
    assert write(country, access) == 1
    assert write(country, access, now=country.now + timedelta(days=2)) == 0
    assert write(country, access, again=True, now=country.now + timedelta(days=2)) == 1
    assert write(country, access, now=country.now + timedelta(days=4)) == 0
    assert write(country, access, now=country.now + timedelta(days=5)) == 1
    assert Mail.objects.count() == 3
    first, last = Mail.objects.order_by("pk")[0], Mail.objects.order_by("-pk")[0]
    with pytest.raises(LinkUnknown):
        services.letter_of(token_of(first), country.now)
    assert services.letter_of(token_of(last), country.now).letters == 3


def test_a_job_that_runs_again_writes_only_what_is_missing(country, ada, access):
    other = country.student("ambre", "21000002")
    Student.objects.filter(pk=other.pk).update(email="b@univ.example")
    write(country, access, again=True)
    job = Job.objects.get(kind=letters.JOB)
    ClaimLetter.objects.filter(student=other).delete()
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)
    assert jobs.run(job.pk, now=country.now)
    assert sorted(Mail.objects.values_list("to", flat=True)) == ["ada@univ.example", "b@univ.example", "b@univ.example"]


def test_those_who_hold_their_place_have_left_or_have_no_address_get_no_letter(country, ada, access):
    country.student("ambre", "without address")
    left = country.student("ambre", "left")
    Student.objects.filter(pk=left.pk).update(email="left@univ.example")
    left.enrolments.update(end_date="2026-10-20")
    held = country.student("ambre", "held", user=member("held"))
    Student.objects.filter(pk=held.pk).update(email="held@univ.example")
    write(country, access)
    assert list(Mail.objects.values_list("to", flat=True)) == ["ada@univ.example"]


# --- one place, one account -------------------------------------------------------------------------------------------


def test_two_accounts_cannot_hold_one_place(country, ada, access):
    write(country, access)
    token = token_of(Mail.objects.get())
    ada.user = member("first")
    ada.save()
    with pytest.raises(PlaceTaken):
        services.claim_by_letter(user=member("second"), token=token, now=country.now)


def test_one_account_has_one_number_in_an_institution(country, ada, access):
    user = member("x")
    country.student("ambre", "mine", user=user)
    write(country, access)
    with pytest.raises(HoldsAnother):
        services.claim_by_letter(user=user, token=token_of(Mail.objects.get()), now=country.now)


def test_a_place_that_the_account_made_itself_gives_way(country, ada, code):
    user = member("x")
    own = country.student("ambre", "", user=user)
    services.claim_by_number(user=user, code=code.code, number="21000001", now=country.now)
    assert is_held_by(ada, user)
    assert own.enrolments.get().end_reason == "corrected"


def test_a_place_is_left_and_taken_again(country, ada, code):
    user, other = member("x"), member("other")
    services.claim_by_number(user=user, code=code.code, number="21000001", now=country.now)
    with pytest.raises(NotFound):
        leave_place(user=other, student=ada, now=country.now)
    leave_place(user=user, student=ada, now=country.now)
    assert is_held_by(ada, None)
    assert OutboxEvent.objects.filter(kind__endswith="EnrolmentUnclaimed").count() == 1
    services.claim_by_number(user=other, code=code.code, number="21000001", now=country.now)
    assert is_held_by(ada, other)


# --- pages ------------------------------------------------------------------------------------------------------------


def test_the_page_of_a_code_is_open_and_takes_a_number_from_who_is_signed_in(country, ada, code, client):
    address = f"/rejoindre/{code.code}/"
    text = client.get(address).content.decode()
    assert "Me connecter" in text and f"next={address}" in text and "Martin" not in text
    assert client.post(address, {"numero": "21000001"}).status_code == 200
    assert is_held_by(ada, None)
    user = member("x")
    client.force_login(user)
    assert client.post("/rejoindre/", {"code": code.code.lower()})["Location"] == address
    refused = client.post(address, {"numero": "nobody"})
    assert refused.status_code == 409
    assert "ne permet pas" in refused.content.decode() and "coordination" in refused.content.decode()
    done = client.post(address, {"numero": "21000001"}, follow=True)
    assert "Votre place est prise" in done.content.decode() and is_held_by(ada, user)


def test_the_page_of_a_letter(country, ada, access, client):
    write(country, access)
    address = f"/rejoindre/{token_of(Mail.objects.get())}/"
    assert "Ada Martin" in client.get(address).content.decode()
    client.force_login(member("x"))
    assert is_held_by(ada, None)
    assert client.post(address).status_code == 303
    assert client.get(address).status_code == 404


def test_a_code_that_opens_nothing(country, client):
    for address in ("/rejoindre/ABCDEFGH/", f"/rejoindre/{'x' * 43}/"):
        assert client.get(address).status_code == 404
    client.force_login(member("x"))
    wrong = client.post("/rejoindre/", {"code": "ABCDEFGH"})
    assert wrong.status_code == 422 and "n’ouvre aucune place" in wrong.content.decode()


def test_the_offered_place_is_on_the_page_and_is_taken_there(country, ada, client):
    user = member("x")
    EmailAddress.objects.create(user=user, email=ada.email, verified=True)
    client.force_login(user)
    address = f"/rejoindre/place/{ada.uuid}/"
    assert address in client.get("/rejoindre/").content.decode()
    stranger = Client()
    stranger.force_login(member("stranger"))
    assert stranger.post(address).status_code == 404
    assert client.post(address).status_code == 303 and is_held_by(ada, user)


def test_a_place_taken_says_whom_to_ask(country, ada, client):
    user = member("x")
    EmailAddress.objects.create(user=user, email=ada.email, verified=True)
    country.houses["ambre"].privacy_contact = "contact@ambre.example"
    country.houses["ambre"].save()
    ada.user = member("first")
    ada.save()
    client.force_login(user)
    response = client.post(f"/rejoindre/place/{ada.uuid}/")
    assert response.status_code == 409 and "contact@ambre.example" in response.content.decode()


def test_the_coordinator_s_page(country, ada, client):
    client.force_login(country.coordinator())
    address = f"/pilotage/inscriptions/cohorte/{country.cohorts['ambre'].uuid}/"
    text = client.get(address).content.decode()
    assert "sur 2 inscrits" in text and "Envoyer 1 lettre" in text and "Créer un code" in text
    assert "Les lettres s’écrivent" in client.post(address, {"lettres": "1"}, follow=True).content.decode()
    jobs.run(Job.objects.get(kind=letters.JOB).pk, now=country.now)
    assert "http://testserver/rejoindre/" in Mail.objects.get().text
    assert "il y a moins de trois jours" in client.get(address).content.decode()
    client.post(address, {"code": "1"})
    assert codes.spaced(JoinCode.objects.get().code) in client.get(address).content.decode()
    client.post(address, {"retirer": "1"})
    assert not JoinCode.objects.valid(country.now).exists()


@pytest.mark.parametrize(
    ("role", "house"), [(Role.INSTRUCTOR, "ambre"), (Role.COORDINATOR, "brume"), (Role.PILOT, None)]
)
def test_nobody_else_opens_it(country, ada, client, role, house):
    client.force_login(country.person("other", (role, house)))
    address = f"/pilotage/inscriptions/cohorte/{country.cohorts['ambre'].uuid}/"
    assert client.get(address).status_code == client.post(address, {"lettres": "1"}).status_code == 404
    assert not Job.objects.filter(kind=letters.JOB).exists() and not JoinCode.objects.exists()


def test_a_place_is_left_from_the_pages_that_list_it(country, ada, code, client):
    user = member("x")
    services.claim_by_number(user=user, code=code.code, number="21000001", now=country.now)
    address = f"/rejoindre/place/{ada.uuid}/quitter/"
    stranger = Client()
    stranger.force_login(member("stranger"))
    assert stranger.post(address).status_code == 404 and is_held_by(ada, user)
    client.force_login(user)
    for page in ("/rejoindre/", "/profil/partage/"):
        assert address in client.get(page).content.decode()
    assert client.get(address).status_code == 405 and is_held_by(ada, user)
    assert "libre de nouveau" in client.post(address, follow=True).content.decode()
    assert is_held_by(ada, None)
    assert address not in client.get("/profil/partage/").content.decode()


def test_a_coordinator_releases_a_place_wrongly_taken(country, ada, code, access, client):
    user = member("x")
    services.claim_by_number(user=user, code=code.code, number="21000001", now=country.now)
    address = f"/pilotage/inscriptions/cohorte/{country.cohorts['ambre'].uuid}/"
    client.force_login(country.coordinator())
    assert "Libérer une place" in client.get(address).content.decode()
    for said, answer in (
        ({"numero": "21000001"}, "cochez la case"),
        ({"numero": "unknown", "sur": "oui"}, "personne ne tient de place"),
    ):
        assert answer in client.post(address, {"liberer": "1", **said}, follow=True).content.decode()
        assert is_held_by(ada, user)
    done = client.post(address, {"liberer": "1", "numero": "21000001", "sur": "oui"}, follow=True)
    assert "La place est libre." in done.content.decode() and is_held_by(ada, None)
    entry = AuditEntry.objects.get(action="place.released")
    assert entry.details["user"] == user.pk
    assert OutboxEvent.objects.filter(kind__endswith="EnrolmentUnclaimed").count() == 1
    assert write(country, access) == 1


@pytest.mark.parametrize(("role", "house"), [(Role.INSTRUCTOR, "ambre"), (Role.COORDINATOR, "brume")])
def test_nobody_else_releases_a_place(country, ada, code, client, role, house):
    user = member("x")
    services.claim_by_number(user=user, code=code.code, number="21000001", now=country.now)
    client.force_login(country.person("other", (role, house)))
    address = f"/pilotage/inscriptions/cohorte/{country.cohorts['ambre'].uuid}/"
    assert client.post(address, {"liberer": "1", "numero": "21000001", "sur": "oui"}).status_code == 404
    assert is_held_by(ada, user)


def test_codes_lead_to_the_page_they_are_for(country, code, client):
    client.force_login(member("x"))
    here = f"/rejoindre/{code.code}/"
    spaced = codes.spaced(code.code)
    for typed in (spaced, spaced.lower().replace(" ", "-"), code.code):
        last = client.get("/demande/", {"code": typed}, follow=True).redirect_chain[-1]
        assert last == (here, 303)
    wrong = client.post("/rejoindre/", {"code": "ABCDEFGH"})
    assert wrong.status_code == 422 and "n’ouvre aucune place" in wrong.content.decode()


def test_the_code_of_a_demand_typed_where_one_joins_leads_to_it(country, client, bank):
    from lms.assessments.models import Assignment

    facts = {"institution": country.houses["ambre"], "opens_at": country.now, "journey_key": "socle-etudiants"}
    opened, closed = (Assignment.objects.create(is_open=is_open, **facts) for is_open in (True, False))
    client.force_login(member("x"))
    for typed in (opened.written_code, opened.code.lower()):
        response = client.post("/rejoindre/", {"code": typed})
        assert response.status_code == 303 and response["Location"] == f"/demande/{opened.written_code}/"
    assert client.post("/rejoindre/", {"code": closed.code}).status_code == 422  # nothing they may read: as unknown


@pytest.mark.parametrize("by", ["leaving", "releasing"])
def test_sharing_ends_with_the_place(country, ada, code, access, by):
    user = member("x")
    services.claim_by_number(user=user, code=code.code, number="2100 0001", now=country.now)
    for house in ("ambre", "brume"):
        grant_sharing(user=user, institution=country.houses[house], now=country.now)
    if by == "leaving":
        leave_place(user=user, student=ada, now=country.now)
    else:
        services.release_place(access=access, cohort=code.cohort, number="21000001", now=country.now)
    shares = [is_sharing(user_id=user.pk, institution_id=country.houses[house].pk) for house in ("ambre", "brume")]
    assert shares == [False, True]
    assert OutboxEvent.objects.filter(kind__endswith="SharingWithdrawn").count() == 1


def test_sharing_stays_with_another_place_in_the_same_institution(country, ada, code):
    user = member("x")
    services.claim_by_number(user=user, code=code.code, number="21000001", now=country.now)
    country.student("ambre", "old", user=user, cohort=country.cohort("ambre", "Autre"))
    grant_sharing(user=user, institution=country.houses["ambre"], now=country.now)
    leave_place(user=user, student=ada, now=country.now)
    assert is_sharing(user_id=user.pk, institution_id=country.houses["ambre"].pk)


def test_what_leaving_does_is_said_before(country, ada, code, client):
    user = member("x")
    services.claim_by_number(user=user, code=code.code, number="21000001", now=country.now)
    client.force_login(user)
    for page in ("/rejoindre/", "/profil/partage/"):
        said = client.get(page).content.decode()
        assert said.index("il ne le voit plus non plus") < said.index("Quitter cette place")


def test_a_place_is_offered_on_one_s_own_page(country, ada, client, bank):
    user = member("ada")
    Student.objects.filter(pk=ada.pk).update(email=user.email)
    client.force_login(user)
    page = client.get("/profil/").content.decode()
    assert "Prendre ma place" in page and f"/rejoindre/place/{ada.uuid}/" in page
    client.post(f"/rejoindre/place/{ada.uuid}/")
    page = client.get("/profil/").content.decode()
    assert f"/rejoindre/place/{ada.uuid}/" not in page and 'href="/rejoindre/"' in page


def test_letters_speak_the_language_that_is_known(country, ada, access):
    house = country.houses["ambre"]
    house.language = "en"
    house.save()
    member("known", language="fr")
    known = country.student("ambre", "22000002")
    Student.objects.filter(pk=known.pk).update(email="known@example.org")
    write(country, access)
    languages = {mail.to: "Your place" in mail.subject for mail in Mail.objects.order_by("pk")}
    assert languages["known@example.org"] is False and languages[ada.email] is True
