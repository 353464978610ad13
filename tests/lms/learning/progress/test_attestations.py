"""Attestations: asked for, issued once, readable by anyone who has the code."""

import re
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from certificates.models import Certificate
from lms.accounts.api import User, erase_person
from lms.learning.models import Module
from lms.learning.progress import note_check, see_step
from tests.lms.learning import samples

ASK = "/parcours/-/attestation/"


@pytest.fixture
def module(bank: None) -> Module:
    return samples.make()


@pytest.fixture
def lina(db: None) -> User:
    return User.objects.create_user("lina@test.example", first_name="Lina", last_name="Moreau")


@pytest.fixture
def signed_in(lina: User) -> Client:
    client = Client()
    client.force_login(lina)
    return client


def complete(module: Module, owner: User, now: datetime) -> None:
    for key in module.step_keys:
        see_step(owner_id=owner.pk, module=module, step=key, now=now)
    note_check(owner_id=owner.pk, module=module, points=4, top=5, finished_at=now + timedelta(days=1))


def ask(client: Client, of: str = "module", key: str = "verifier-identite", **more: str) -> Any:
    return client.post(ASK, {"of": of, "key": key, **more})


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def test_it_is_issued_once_however_often_it_is_asked(
    module: Module, lina: User, signed_in: Client, now: datetime
) -> None:
    complete(module, lina, now)
    for _ in range(2):
        response = ask(signed_in)
        assert (response.status_code, response["Location"]) == (303, "/profil/#attestations")
    certificate = Certificate.objects.get()
    assert (certificate.holder_name, certificate.holder_ref) == ("Lina Moreau", str(lina.uuid))
    assert certificate.titles["en"] == "Checking an identity"


@pytest.mark.parametrize(("of", "key"), [
    ("module", "verifier-identite"), ("module", "rien"), ("journey", "rien"), ("journey", "socle-etudiants"),
    ("", ""), ("x\x00", "y\x00"),
])  # fmt: skip
def test_what_is_not_completed_is_refused_with_a_sentence(
    module: Module, lina: User, signed_in: Client, now: datetime, of: str, key: str
) -> None:
    samples.make_journey([module.key])
    see_step(owner_id=lina.pk, module=module, step="la-situation", now=now)
    response = ask(signed_in, of, key)
    assert response.status_code == 409
    assert "il reste encore quelque chose" in response.content.decode()
    assert Certificate.objects.count() == 0


def test_a_name_is_asked_of_whoever_has_none(module: Module, now: datetime, client: Client) -> None:
    nameless = User.objects.create_user("sans@test.example")
    client.force_login(nameless)
    complete(module, nameless, now)
    asked = ask(client)
    assert asked.status_code == 200 and "À quel nom" in asked.content.decode()
    assert ask(client, first_name="", last_name="X").status_code == 422
    assert Certificate.objects.count() == 0
    assert ask(client, first_name="Anne", last_name="O’Neil").status_code == 303
    assert Certificate.objects.get().holder_name == "Anne O’Neil"
    nameless.refresh_from_db()
    assert nameless.get_full_name() == "Anne O’Neil"


def test_a_get_issues_nothing(module: Module, lina: User, signed_in: Client, now: datetime) -> None:
    complete(module, lina, now)
    assert signed_in.get(ASK, {"of": "module", "key": module.key}).status_code == 303
    assert Certificate.objects.count() == 0


def test_anyone_with_the_code_reads_its_facts(
    module: Module, lina: User, signed_in: Client, now: datetime, client: Client, settings: Any
) -> None:
    settings.TRAINING_REGISTRATION = "11 75 00000 75"
    complete(module, lina, now)
    ask(signed_in)
    code = Certificate.objects.get().code
    page = plain(client.get(f"/verification/{code}").content.decode())
    for words in (
        "Lina Moreau", "Vérifier une identité", "du 20 octobre 2026 au 21 octobre 2026", "16 minutes", "non mesuré",
        "80 % des points du bilan final, pour 60 % demandés", "Nommer les traits d’identité", "11 75 00000 75",
        "développement professionnel continu", "Attestation de suivi d’un module",
    ):  # fmt: skip
        assert words in page, words
    english = plain(client.get(f"/en/verification/{code}").content.decode())
    assert "Checking an identity" in english


def test_the_pdf_says_the_same_and_is_its_holder_s_only(
    module: Module, lina: User, signed_in: Client, now: datetime, client: Client
) -> None:
    complete(module, lina, now)
    ask(signed_in)
    certificate = Certificate.objects.get()
    address = f"{ASK}{certificate.code}.pdf"
    assert client.get(address).status_code == 302
    client.force_login(User.objects.create_user("karim@test.example"))
    assert client.get(address).status_code == 404
    response = signed_in.get(address)
    assert response["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(response.content))
    text = plain(" ".join(page.extract_text() for page in reader.pages))
    assert len(reader.pages) == 1
    for words in (
        "Attestation de suivi d’un module", "Lina Moreau", "Vérifier une identité", certificate.printed_code,
        f"/verification/{certificate.code}", "80 % des points", "DPC", "Choisir un document",
    ):  # fmt: skip
        assert words in text, words


def test_measured_time_is_said_apart(module: Module, lina: User, signed_in: Client, now: datetime) -> None:
    from lms.learning.models import ModuleProgress

    complete(module, lina, now)
    ModuleProgress.objects.update(seconds=4000)
    ask(signed_in)
    facts = {
        fact["label"]["fr"]: fact["text"]["fr"] for fact in Certificate.objects.get().details["facts"] if "text" in fact
    }
    assert facts["Durée prévue"] == "16 minutes"
    assert plain(facts["Temps mesuré"]) == "1 h 06, pages à l’écran"


def test_a_journey_names_its_modules(module: Module, lina: User, signed_in: Client, now: datetime) -> None:
    journey = samples.make_journey([module.key])
    complete(module, lina, now)
    assert ask(signed_in, "journey", journey.key).status_code == 303
    certificate = Certificate.objects.get()
    modules = next(fact for fact in certificate.details["facts"] if fact["label"]["fr"] == "Modules")
    assert modules["items"]["fr"] == ["Vérifier une identité"]
    assert "Résultat" not in {fact["label"]["fr"] for fact in certificate.details["facts"]}


def test_it_says_when_it_is_of_the_demonstration(
    module: Module, lina: User, signed_in: Client, now: datetime, settings: Any
) -> None:
    settings.DEMO = True
    complete(module, lina, now)
    ask(signed_in)
    assert "démonstration" in Certificate.objects.get().details["notices"][1]["fr"]


def test_it_goes_with_the_person(module: Module, lina: User, signed_in: Client, now: datetime) -> None:
    complete(module, lina, now)
    ask(signed_in)
    erase_person(user=lina)
    assert Certificate.objects.count() == 0


@pytest.mark.parametrize(
    ("referer", "back"), [("http://testserver/profil/?p=grand", "/profil/%3Fp%3Dgrand"), ("", ASK)]
)
def test_signed_out_one_is_told_to_sign_in(db: None, referer: str, back: str) -> None:
    response = Client(enforce_csrf_checks=True).post(ASK, {"of": "module", "key": "x"}, headers={"Referer": referer})
    told = response.content.decode()
    assert response.status_code == 403
    assert "Connectez-vous pour continuer" in told and "expiré" not in told
    assert f'href="/compte/login/?next={back.replace("/", "%2F")}"' in told


def test_elsewhere_s_page_is_no_way_back(db: None) -> None:
    sent = {"of": "module", "key": "x"}
    response = Client(enforce_csrf_checks=True).post(ASK, sent, headers={"Referer": "https://evil.example/x"})
    assert "evil" not in response.content.decode()


def test_signed_in_a_form_without_its_token_has_expired(lina: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(lina)
    told = client.post(ASK, {"of": "module", "key": "x"}).content.decode()
    assert "Ce formulaire a expiré" in told and "Connectez-vous" not in told
