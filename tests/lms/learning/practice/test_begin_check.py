"""The check of a module, from its end page to its result and back."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from lms.assessments.api import standing_of
from lms.assessments.models import Attempt
from lms.learning import api
from lms.learning.checks import assessment_of, context_of, module_key
from lms.learning.models import Module
from tests.lms.assessments.reading import Reader
from tests.lms.learning import samples

pytestmark = pytest.mark.django_db
END = "/parcours/verifier-identite/bilan/"
BEGIN = "/parcours/-/controle/"


@pytest.fixture
def module(bank: None) -> Module:
    return samples.make(competencies=["D2.C1"])


def begun(client: Client, prefix: str = "") -> Reader:
    """Begin the check from the end page of the module."""
    assert BEGIN in client.get(f"{prefix}{END}").content.decode()
    opened = client.post(f"{prefix}{BEGIN}", {"module": "verifier-identite"})
    assert opened.status_code == 303
    return Reader(client=client, address=opened["Location"])


def finished(reader: Reader) -> Attempt:
    """Answer until the result."""
    while reader.look().status_code == 200:
        reader.send(reader.fields())
    return Attempt.objects.get(token=reader.token)


def test_from_the_end_page_to_the_result_and_back(module: Module) -> None:
    client = Client(enforce_csrf_checks=True)
    reader = begun(client)
    attempt = finished(reader)
    assert attempt.focus == ["D2.C1"]
    assert attempt.context == "module:verifier-identite"
    assert 3 <= len(attempt.selection_log) <= 5
    page = client.get(f"/evaluation/s/{attempt.token}/profil")
    html = page.content.decode()
    assert f'href="{END}"' in html
    assert "Vérifier une identité" in html
    assert "60&nbsp;%" in html or "60 %" in html or "60\u00a0%" in html
    assert not page.cookies
    whole = client.get(f"/evaluation/s/{attempt.token}/profil?entier=1").content.decode()
    assert "Compétence par compétence" in whole


def test_an_explanation_follows_each_answer(module: Module) -> None:
    reader = begun(Client())
    reader.look()
    answered = reader.send(reader.fields())
    assert "/explication/1" in answered["Location"]


def test_before_and_after_are_shown_to_whom_was_measured(module: Module) -> None:
    client = Client()
    nadia = get_user_model().objects.create_user("nadia@example.org", None)
    client.force_login(nadia)
    placement = Reader(client=client).begin()
    finished(placement)
    attempt = finished(begun(client))
    measured = standing_of(nadia.pk)
    assert measured and not measured.inferred  # the check rests on the placement, which asked about everything
    html = client.get(f"/evaluation/s/{attempt.token}/profil").content.decode()
    assert "Avant et après" in html
    assert "Losange" in html
    assert 'data-word="avant"' in html
    whole = client.get(f"/evaluation/s/{attempt.token}/profil?entier=1").content.decode()
    assert "Losange" in whole


def test_a_single_check_gives_no_figure_of_what_it_did_not_ask(module: Module) -> None:
    for code in ("D1.C1", "D5.C3"):
        Module.objects.create(
            key=code.lower().replace(".", "-"), titles={"fr": f"Module {code}"}, languages=["fr"], is_published=True,
            competencies=[code], audiences=["student"], minutes=15,
        )  # fmt: skip
    nadia, client = get_user_model().objects.create_user("nadia@example.org", None), Client()
    client.force_login(nadia)
    finished(begun(client))
    measured = standing_of(nadia.pk)
    assert measured and measured.scores.keys() - measured.inferred == {"D2.C1"}
    reasons = {step.competency: step.reason for step in api.path_of(nadia, "fr", "student")}
    for code in ("D1.C1", "D5.C3"):
        assert reasons[code].startswith("Déduit de vos autres réponses, à vérifier : « ")
        assert "niveau" not in reasons[code] and "points" not in reasons[code]
    assert "Déduit" not in reasons["D2.C1"] and "niveau" in reasons["D2.C1"]
    page = client.get("/profil/chemin/?public=student").content.decode()
    assert all(reason.partition("«")[0] in page for reason in reasons.values())


def test_somebody_unknown_has_no_before(module: Module) -> None:
    client = Client()
    attempt = finished(begun(client))
    html = client.get(f"/evaluation/s/{attempt.token}/profil").content.decode()
    assert "Avant et après" not in html
    assert "Quelques situations ne font pas un portrait" in html


def test_a_check_left_open_is_taken_up(module: Module) -> None:
    client = Client()
    client.force_login(get_user_model().objects.create_user("nadia@example.org", None))
    first, again = begun(client), begun(client)
    assert first.token == again.token
    assert Attempt.objects.count() == 1


def test_signed_out_each_begins_their_own(module: Module) -> None:
    assert begun(Client()).token != begun(Client()).token


@pytest.mark.parametrize("key", ["nulle-part", "", "\x00", "x" * 3000])
def test_a_module_that_never_was_is_not_found(module: Module, client: Client, key: str) -> None:
    assert client.post(BEGIN, {"module": key}).status_code == 404


def test_a_withdrawn_module_has_no_check(module: Module, client: Client) -> None:
    Module.objects.update(is_published=False, languages=[])
    assert client.post(BEGIN, {"module": module.key}).status_code == 410


def test_a_result_outlives_its_module(module: Module) -> None:
    client = Client()
    attempt = finished(begun(client))
    Module.objects.update(is_published=False)
    page = client.get(f"/evaluation/s/{attempt.token}/profil")
    assert page.status_code == 200
    assert "Le point est fait." in page.content.decode()


def test_whom_the_module_speaks_to_decides_of_the_items() -> None:
    said: dict[str, Any] = {"citizen": "module-check-citizen", "professional": "module-check-professional"}
    for audience, key in said.items():
        assert assessment_of(Module(audiences=[audience])) == key
    assert assessment_of(Module(audiences=["citizen", "student"])) == "module-check"


def test_a_context_names_its_module() -> None:
    assert api.module_of_check(context_of("exemple")) == module_key("module:exemple") == "exemple"
    assert module_key("") == module_key("autre:exemple") == ""
