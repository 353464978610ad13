"""Those who are asked: their page, what is said before beginning, their choice, the code, who sees what."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from kernel.events import drain
from lms.accounts.api import erase_person, export_person
from lms.assessments.models import Assignment, AssignmentExtension, Attempt, Participation
from lms.cohorts.api import end_enrolment, grant_accommodation, is_sharing
from lms.cohorts.models import Accommodation, Attachment, Enrolment, Institution, SharingGrant
from lms.learning.api import note_check, see_step
from lms.prescribing.api import State, asked_of, close_assignment, extend
from tests.lms.assessments.taking import Taker
from tests.lms.learning import samples
from tests.lms.prescribing import town as towns
from tests.lms.prescribing.conftest import set_clock
from tests.lms.prescribing.reading import elements, text_of, words
from tests.lms.prescribing.town import NOW, Town

pytestmark = pytest.mark.usefixtures("frozen")
BOTH = {"assessment_key": "placement", "journey_key": "socle-etudiants"}


@pytest.fixture
def module(town: Town) -> Any:
    """A journey of one module."""
    found = samples.make()
    samples.make_journey([found.key])
    return found


def address(asked: Assignment) -> str:
    """Return where it is read."""
    return f"/demande/{asked.written_code}/"


def test_nothing_asked_costs_one_query(town: Town, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert asked_of(town.lina, NOW) == []


def test_as_many_queries_for_one_as_for_ten(town: Town, module: Any, django_assert_max_num_queries: Any) -> None:
    for _ in range(10):
        town.ask(**BOTH)
    with django_assert_max_num_queries(8):
        assert len(asked_of(town.lina, NOW)) == 10


def test_the_page_opens_on_what_is_asked(town: Town, module: Any) -> None:
    late = town.ask(closes_date=date(2026, 12, 1))
    first = town.ask(**BOTH, closes_date=date(2026, 10, 24), message="Courage")
    page = text_of(town.client(), "/profil/")
    assert "À faire jusqu’au 24 octobre 2026. Me situer, puis Le socle des étudiants" in page
    assert "Demandé par : Université d’ici." in page
    assert "Université d’ici, Claire Roche · jusqu’au 24 octobre 2026 · dans 4 jours" in page
    assert "À passer, 15 min environ." in page and "Reste 1 module sur 1." in page
    assert [one.code for one in asked_of(town.lina, NOW)] == [first.code, late.code]


def test_the_next_step_follows_what_is_left_of_it(town: Town, module: Any) -> None:
    asked, client = town.ask(**BOTH), town.client()
    client.post(address(asked), {"partage": "non"})
    attempt = Attempt.objects.get()
    assert f'class="button" href="/evaluation/s/{attempt.token}/"' in client.get("/profil/").content.decode()
    taker = Taker(client=client, token=attempt.token)
    taker.body = taker.resume().json()
    taker.finish()
    drain()
    page = client.get("/profil/").content.decode()
    assert 'class="button" href="/parcours/verifier-identite/"' in page
    for key in module.step_keys:
        see_step(owner_id=town.lina.pk, module=module, step=key, now=NOW)
    note_check(owner_id=town.lina.pk, module=module, points=5, top=5, finished_at=NOW)
    assert asked_of(town.lina, NOW)[0].state == State.FINISHED
    assert "tout est fait" in text_of(client, "/profil/")
    drain()
    assert Participation.objects.get().finished_at is not None


def test_what_is_not_open_yet_closed_or_long_over_is_not_shown(town: Town) -> None:
    asked = town.ask(opens_date=date(2026, 10, 25))
    assert asked_of(town.lina, NOW) == []
    later = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
    assert asked_of(town.lina, later)[0].state == State.LATE
    assert asked_of(town.lina, later)[0].next_part is None  # it can no longer be begun
    assert asked_of(town.lina, later + timedelta(days=40)) == []
    close_assignment(asked=asked, access=town.access(), now=NOW)
    assert asked_of(town.lina, datetime(2026, 10, 26, 9, 0, tzinfo=UTC)) == []


def test_an_extension_is_one_s_own_end(town: Town) -> None:
    asked, student = town.ask(), Enrolment.objects.get(user=town.lina).student
    extend(asked=asked, to=f"student:{student.uuid}", day=date(2026, 11, 20), access=town.access(), now=NOW)
    told = asked_of(town.lina, datetime(2026, 11, 15, tzinfo=UTC))[0]
    assert (told.state, told.closes_day) == (State.NOT_BEGUN, "20 novembre 2026")


def test_who_sees_what_is_said_before_it_begins(town: Town) -> None:
    asked = town.ask(message="Pour préparer le stage.", target_levels={})
    source = town.client().get(address(asked)).content.decode()
    page = words(source)
    for said in (
        "Demandé par : Université d’ici, Claire Roche",
        "Pour préparer le stage.",
        "À commencer jusqu’au 10 novembre 2026, ce jour compris.",
        "mission d’intérêt public de formation",
        "article 6-1-a",
        "ne partage pas",
    ):
        assert said in page
    assert 'value="oui"' in source and "checked" not in source.split("<form", 2)[2]
    assert elements(source) < 500
    assert not Participation.objects.exists()


def test_the_university_that_will_see_too_is_named_before_one_agrees(town: Town) -> None:
    asked, until = town.ask(), date(2026, 10, 1)
    alone = text_of(town.client(), address(asked))
    assert "à laquelle il serait rattaché" in alone
    valserine = Institution.objects.create(key="valserine", kind="university", name="Université de Valserine")
    before = Institution.objects.create(key="before", kind="university", name="Université d’avant")
    Attachment.objects.create(institution=town.institution, parent=before, start_date=date(2025, 9, 1), end_date=until)
    Attachment.objects.create(institution=town.institution, parent=valserine, start_date=until)
    named = text_of(town.client(), address(asked))
    assert "de l’université à laquelle il est rattaché (Université de Valserine), à personne d’autre" in named
    assert "(Université de Valserine) le voit aussi" in named
    assert "serait rattaché" not in named and "avant" not in named


@pytest.mark.parametrize("choice", ["oui", "non"])
def test_both_choices_go_on(town: Town, choice: str) -> None:
    asked, client = town.ask(), town.client()
    answer = client.post(address(asked), {"partage": choice})
    attempt = Attempt.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/evaluation/s/{attempt.token}/")
    assert is_sharing(user_id=town.lina.pk, institution_id=town.institution.pk) == (choice == "oui")
    assert attempt.assignment_id == asked.pk


def test_no_choice_is_asked_for_again_and_nothing_begins(town: Town) -> None:
    asked, client = town.ask(), town.client()
    answer = client.post(address(asked))
    assert answer.status_code == 422
    assert "Choisissez l’un ou l’autre" in words(answer.content.decode())
    assert not Attempt.objects.exists() and not SharingGrant.objects.exists()


def test_who_is_not_asked_for_their_detail_just_goes_on(town: Town) -> None:
    asked, client = town.ask(asks_detail=False), town.client()
    assert "Voulez-vous montrer" not in text_of(client, address(asked))
    assert client.post(address(asked)).status_code == 303
    assert not SharingGrant.objects.exists()


def test_a_second_click_resumes_the_same_attempt_and_a_retake_says_its_limit(town: Town) -> None:
    asked, client = town.ask(attempts_allowed=2), town.client()
    first = client.post(address(asked), {"partage": "non"})["Location"]
    assert client.post(address(asked))["Location"] == first
    Attempt.objects.update(state="finished", finished_at=NOW)
    Participation.objects.update(test_finished_at=NOW, finished_at=NOW)
    assert "Repasser l’évaluation" in text_of(client, address(asked))
    assert client.post(address(asked), {"refaire": "oui"})["Location"] != first
    Attempt.objects.update(state="finished", finished_at=NOW)
    assert "Repasser l’évaluation" not in text_of(client, address(asked))
    refused = client.post(address(asked), {"refaire": "oui"})
    assert refused.status_code == 409
    assert "2 fois au plus" in words(refused.content.decode())


def test_a_code_mistyped_says_what_one_looks_like(town: Town) -> None:
    town.ask()
    for typed in ("/demande/ABCD-EFGH/", "/demande/nimporte/", "/demande/?code=12"):
        page = text_of(town.client(), typed, status=404)
        assert "huit lettres et chiffres, comme K7M2-QX4P" in page
    assert town.client().get("/demande/").status_code == 200
    asked = Assignment.objects.get()
    assert town.client().get(f"/demande/?code={asked.written_code.lower()}")["Location"] == f"/demande/{asked.code}/"
    assert town.client(towns.build("ailleurs").lina).get(address(asked)).status_code == 404


def test_joining_by_an_open_code_says_what_it_means_and_asks(town: Town) -> None:
    asked, zoe = town.ask(is_open=True), towns.person("zoe", "Zoé", "Petit")
    client = town.client(zoe)
    assert "Vous n’êtes pas inscrit dans cet établissement" in text_of(client, address(asked))
    refused = client.post(address(asked), {"partage": "non"})
    assert refused.status_code == 422 and not Participation.objects.filter(joined_at__isnull=False).exists()
    assert client.post(address(asked), {"partage": "non", "rejoindre": "oui"}).status_code == 303
    assert Participation.objects.get(user=zoe).joined_at == NOW
    assert len(asked_of(zoe, NOW)) == 1
    shown = text_of(client, "/profil/partage/")
    assert "Université d’ici" in shown and "rejointe par son code" in shown
    assert client.post("/profil/partage/", {"quitter": asked.code})["Location"].endswith("?fait=quitte")
    assert asked_of(zoe, NOW) == []
    assert Attempt.objects.get().owner_id == zoe.pk
    listed = text_of(town.client(town.coordinator), f"/pilotage/prescriptions/{asked.uuid}/?etat=code")
    assert "Zoé Petit" not in listed


def test_who_was_removed_still_finds_what_they_began(town: Town) -> None:
    asked, client = town.ask(), town.client()
    begun = client.post(address(asked), {"partage": "non"})["Location"]
    place = Enrolment.objects.get(user=town.lina)
    end_enrolment(enrolment=place, end_date=NOW.date(), reason=Enrolment.EndReason.ROSTER, now=NOW)
    assert asked_of(town.lina, NOW) == []
    assert client.get(address(asked)).status_code == 200
    assert client.post(address(asked))["Location"] == begun
    assert begun in client.get("/profil/").content.decode()


def test_agreement_is_given_and_withdrawn_at_any_time(town: Town) -> None:
    client = town.client()
    assert "Pas montré. L’établissement lit « ne partage pas »." in text_of(client, "/profil/partage/")
    client.post("/profil/partage/", {"institution": "ici", "partage": "oui"})
    assert "Montré depuis le" in text_of(client, "/profil/partage/")
    client.post("/profil/partage/", {"institution": "ici", "partage": "non"})
    assert "vous avez retiré votre accord le" in text_of(client, "/profil/partage/")
    assert not is_sharing(user_id=town.lina.pk, institution_id=town.institution.pk)
    towns.build("ailleurs")
    assert client.post("/profil/partage/", {"institution": "ailleurs", "partage": "oui"}).status_code == 404
    assert Client().get("/profil/partage/").status_code == 302


def test_too_early_and_too_late_are_said_on_the_page(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, client = town.ask(opens_date=date(2026, 10, 25)), town.client()
    assert "À partir du 25 octobre 2026." in text_of(client, address(asked))
    early = client.post(address(asked), {"partage": "non"})
    assert early.status_code == 409 and "s’ouvre le 25 octobre 2026" in words(early.content.decode())
    set_clock(monkeypatch, datetime(2026, 11, 12, 9, 0, tzinfo=UTC))
    page = text_of(client, address(asked))
    assert "C’était à commencer jusqu’au 10 novembre 2026." in page
    late = client.post(address(asked), {"partage": "non"})
    assert late.status_code == 409 and "à commencer jusqu’au 10 novembre 2026" in words(late.content.decode())


def test_a_person_leaves_with_it_all_or_without_a_trace(town: Town) -> None:
    asked, client = town.ask(), town.client()
    client.post(address(asked), {"partage": "oui"})
    student = Enrolment.objects.get(user=town.lina).student
    extend(asked=asked, to=f"student:{student.uuid}", day=date(2026, 11, 20), access=town.access(), now=NOW)
    grant_accommodation(student=student, time_percent=150, pause_minutes=5, actor_id=None, now=NOW)
    told = export_person(user=town.lina)
    assert told["assignments"][0]["asked"] == asked.code
    assert len(told["assignments"][0]["extensions"]) == 1
    assert told["accommodations"][0]["time_percent"] == 150
    erase_person(user=town.lina)
    for model in (Participation, AssignmentExtension, Accommodation, SharingGrant, Attempt):
        assert not model.objects.exists(), model
    erase_person(user=town.coordinator)
    assert Assignment.objects.get().created_by_id is None


def test_an_institution_taken_over_goes_on_asking(town: Town) -> None:
    from kernel.events import publish
    from lms.cohorts.events import InstitutionMerged

    asked, into = town.ask(), towns.build("ailleurs").institution
    publish(InstitutionMerged(aggregate=town.institution.uuid, at=NOW, into=into.uuid))
    drain()
    asked.refresh_from_db()
    assert asked.institution_id == into.pk


def test_in_english_too(town: Town) -> None:
    asked = town.ask()
    assert town.client().get(f"/en{address(asked)}").status_code == 200
    assert town.client().get("/en/profil/partage/").status_code == 200


def test_joining_again_while_the_test_is_under_way_is_kept(town: Town) -> None:
    asked, zoe = town.ask(is_open=True), towns.person("zoe", "Zoé", "Petit")
    client = town.client(zoe)
    begun = client.post(address(asked), {"partage": "non", "rejoindre": "oui"})["Location"]
    client.post("/profil/partage/", {"quitter": asked.code})
    assert client.post(address(asked)).status_code == 422
    assert client.post(address(asked), {"rejoindre": "oui"})["Location"] == begun
    assert Participation.objects.get(user=zoe).joined_at == NOW
    assert "rejointe par son code" in text_of(client, "/profil/partage/")
    listed = text_of(town.client(town.coordinator), f"/pilotage/prescriptions/{asked.uuid}/?etat=code")
    assert "Zoé Petit" in listed


def test_leaving_the_last_link_ends_the_agreement_and_says_so(town: Town) -> None:
    first, second = town.ask(is_open=True), town.ask(is_open=True)
    zoe = towns.person("zoe", "Zoé", "Petit")
    client = town.client(zoe)
    client.post(address(first), {"partage": "oui", "rejoindre": "oui"})
    client.post(address(second), {"rejoindre": "oui"})
    assert client.post("/profil/partage/", {"quitter": first.code})["Location"].endswith("?fait=quitte")
    assert is_sharing(user_id=zoe.pk, institution_id=town.institution.pk)
    left = client.post("/profil/partage/", {"quitter": second.code}, follow=True)
    assert "n’est plus montré à cet établissement" in words(left.content.decode())
    assert "Aucun établissement ne voit rien de vous" in words(left.content.decode())
    assert not is_sharing(user_id=zoe.pk, institution_id=town.institution.pk)


def test_leaving_what_was_joined_keeps_the_agreement_of_who_has_a_place(town: Town) -> None:
    asked, client = town.ask(is_open=True), town.client()
    Participation.objects.create(assignment=asked, user=town.lina, joined_at=NOW)
    client.post("/profil/partage/", {"institution": "ici", "partage": "oui"})
    assert client.post("/profil/partage/", {"quitter": asked.code})["Location"].endswith("?fait=quitte")
    assert is_sharing(user_id=town.lina.pk, institution_id=town.institution.pk)


def test_who_joins_without_a_name_gives_one(town: Town) -> None:
    asked, anon = town.ask(is_open=True), towns.person("anon", "", "")
    client, said = town.client(anon), {"partage": "non", "rejoindre": "oui"}
    assert 'name="prenom"' in client.get(address(asked)).content.decode()
    for typed in ({}, {"prenom": "Zoé", "nom": " \x00 "}, {"prenom": "Zoé", "nom": "x" * 151}):
        refused = client.post(address(asked), {**said, **typed})
        assert refused.status_code == 422 and "150 lettres" in words(refused.content.decode())
    assert not Attempt.objects.exists() and not Participation.objects.filter(joined_at__isnull=False).exists()
    assert client.post(address(asked), {**said, "prenom": " Zoé ", "nom": "Le  Petit"}).status_code == 303
    anon.refresh_from_db()
    assert anon.get_full_name() == "Zoé Le Petit"
    listed = text_of(town.client(town.coordinator), f"/pilotage/prescriptions/{asked.uuid}/?etat=code")
    assert "Zoé Le Petit" in listed


def test_a_name_is_asked_of_nobody_else(town: Town) -> None:
    asked = town.ask(is_open=True)
    nameless = towns.person("anon", "", "")
    Participation.objects.create(assignment=asked, user=nameless, joined_at=NOW)
    for person in (town.lina, towns.person("zoe", "Zoé", "Petit"), nameless):
        assert 'name="prenom"' not in town.client(person).get(address(asked)).content.decode()


def test_until_when_depends_on_how_one_is_known(town: Town) -> None:
    asked, zoe = town.ask(is_open=True), towns.person("zoe", "Zoé", "Petit")
    enrolled, left = (
        "Tant que dure votre inscription dans l’établissement.",
        "Jusqu’à ce que vous quittiez cette demande.",
    )
    mine, theirs = text_of(town.client(), address(asked)), text_of(town.client(zoe), address(asked))
    assert enrolled in mine and left not in mine
    assert left in theirs and enrolled not in theirs
    Participation.objects.create(assignment=asked, user=zoe, joined_at=NOW)
    joined = text_of(town.client(zoe), address(asked))
    assert left in joined and enrolled not in joined


def test_one_card_leads_to_what_is_asked_and_what_is_not_begun_is_not_continued(town: Town, module: Any) -> None:
    asked, client = town.ask(**BOTH), town.client()
    see_step(owner_id=town.lina.pk, module=module, step=module.step_keys[0], now=NOW)
    shown = client.get("/profil/").content.decode().split("<main")[1]
    assert shown.count(f'class="button" href="{address(asked)}"') == 1
    assert "button quiet small" not in shown.split('class="card asked"')[1].split("</section>")[0]
    assert "Vingt situations, un quart d’heure" not in shown
    assert "Continuer" not in shown and "Commencer" in shown
    assert "Continuer" not in client.get(address(asked)).content.decode()
    client.post(address(asked), {"partage": "non"})
    assert "Continuer" in client.get("/profil/").content.decode()
