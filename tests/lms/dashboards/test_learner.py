"""The learner's page: one next step first, then what is under way, done, received and to come."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from kernel import clock
from lms.accounts.api import User
from lms.assessments.models import Attempt
from lms.learning.api import issue_attestation, note_check, note_missed, see_step
from lms.learning.models import Module, ModulePage
from tests.lms.assessments.taking import Taker
from tests.lms.learning import samples


@pytest.fixture
def lina(bank: None) -> User:
    return User.objects.create_user("lina@test.example", first_name="Lina", last_name="Moreau")


@pytest.fixture
def signed_in(lina: User) -> Client:
    client = Client()
    client.force_login(lina)
    return client


def page(client: Client, address: str = "/profil/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def next_of(client: Client) -> str:
    found = re.search(r'<section class="next.*?</section>', page(client), re.DOTALL)
    assert found
    return found[0]


def complete(module: Module, owner: User, now: datetime) -> None:
    for key in module.step_keys:
        see_step(owner_id=owner.pk, module=module, step=key, now=now)
    note_check(owner_id=owner.pk, module=module, points=4, top=5, finished_at=now)


def test_the_next_step_follows_the_person(lina: User, signed_in: Client, now: datetime) -> None:
    module = samples.make()
    assert "Commencez par vous situer" in next_of(signed_in)
    see_step(owner_id=lina.pk, module=module, step="la-situation", now=now)
    step = next_of(signed_in)
    assert "/parcours/verifier-identite/comprendre/" in step and "1 sur 4" in step
    for key in module.step_keys:
        see_step(owner_id=lina.pk, module=module, step=key, now=now)
    assert "/parcours/verifier-identite/bilan/" in next_of(signed_in)
    taker = Taker(client=signed_in).start("placement")
    assert f"/evaluation/s/{taker.token}/" in next_of(signed_in)
    taker.finish()
    note_check(owner_id=lina.pk, module=module, points=5, top=5, finished_at=now)
    samples.make("autre-module", competencies=["D2.C1"])
    assert "/parcours/autre-module/" in next_of(signed_in)
    assert next_of(signed_in).count('class="button"') == 1


def test_a_portrait_is_drawn_from_the_last_measure_with_its_table(signed_in: Client) -> None:
    assert 'class="figure"' not in page(signed_in)
    attempt = Taker(client=signed_in).start("placement").finish().attempt
    shown = page(signed_in)
    assert 'class="figure"' in shown and "<svg" in shown
    assert f"/evaluation/s/{attempt.token}/profil" in shown
    assert len(re.findall(r"<td>\d+ et \d+</td>", shown)) == 5


def test_checks_draw_no_portrait_of_what_they_never_asked(signed_in: Client) -> None:
    measured = Taker(client=signed_in).start("placement").finish().attempt
    check = Taker(client=signed_in).start("training").finish().attempt
    Attempt.objects.filter(pk=check.pk).update(context="module-check:m", prior=b"known")
    assert f'/evaluation/s/{measured.token}/profil">Tout le portrait' in page(signed_in)
    Attempt.objects.filter(pk=measured.pk).update(context="module-check:n", prior=b"known")
    assert 'class="figure"' not in page(signed_in)


def test_a_training_does_not_take_the_place_of_a_placement(signed_in: Client) -> None:
    older, placement = (Taker(client=signed_in).start("placement").finish() for _ in range(2))
    Taker(client=signed_in).start("training").finish()
    shown = page(signed_in)
    assert ">Mon portrait</h2>" in shown and "Mon dernier entraînement" not in shown
    assert f'/evaluation/s/{placement.token}/profil">Tout le portrait' in shown
    assert f'/evaluation/s/{older.token}/profil"' not in shown


def test_without_a_placement_the_last_training_is_shown_and_named_so(signed_in: Client) -> None:
    Taker(client=signed_in).start("training").finish()
    last = Taker(client=signed_in).start("training").finish()
    shown = page(signed_in)
    assert ">Mon dernier entraînement</h2>" in shown and "Mon portrait" not in shown
    assert f'/evaluation/s/{last.token}/profil">Tout ce résultat' in shown
    assert "Quelques situations ne font pas un portrait" in shown


def test_the_self_assessment_of_a_citizen_is_a_placement(signed_in: Client) -> None:
    placement = Taker(client=signed_in).start("citizen").finish()
    Taker(client=signed_in).start("training-citizen").finish()
    assert f'/evaluation/s/{placement.token}/profil">Tout le portrait' in page(signed_in)


def test_bars_come_with_words(lina: User, signed_in: Client, now: datetime) -> None:
    module = samples.make()
    see_step(owner_id=lina.pk, module=module, step="la-situation", now=now)
    note_check(owner_id=lina.pk, module=module, points=2, top=5, finished_at=now)
    assert "1 étape vue sur 4, bilan à 40 %, il en faut 60" in page(signed_in)


def test_what_was_withdrawn_is_said(lina: User, signed_in: Client, now: datetime) -> None:
    module = samples.make()
    see_step(owner_id=lina.pk, module=module, step="la-situation", now=now)
    for one in ModulePage.objects.all():
        one.delete()
    shown = page(signed_in)
    assert "Ce module n’est plus proposé ; ce que vous y avez fait est gardé." in shown
    assert "/parcours/verifier-identite/" not in shown


def test_an_attestation_is_offered_then_shown(lina: User, signed_in: Client, now: datetime) -> None:
    module = samples.make()
    complete(module, lina, now)
    assert "Recevoir mon attestation" in page(signed_in)
    issued = issue_attestation(owner=lina, of="module", key=module.key, now=now)
    shown = page(signed_in)
    assert "Recevoir mon attestation" not in shown
    assert f"/parcours/-/attestation/{issued.code}.pdf" in shown
    assert f"/verification/{issued.code}" in shown
    assert "bilan à 80 %" in shown


def test_reviews_due_are_counted(lina: User, signed_in: Client) -> None:
    keys = samples.items()
    samples.make()
    now = clock.now() - timedelta(days=3)
    note_missed(owner_id=lina.pk, keys=keys[:3], module="verifier-identite", now=now)
    shown = page(signed_in)
    assert "3 cartes aujourd’hui" in shown
    assert "/profil/revisions/" in shown


def test_it_costs_the_same_with_much_behind_and_stays_light(
    lina: User, signed_in: Client, now: datetime, django_assert_max_num_queries: object
) -> None:
    module = samples.make()
    samples.make_journey([module.key])
    for number in range(20):
        copy = Module.objects.get(key="verifier-identite")
        copy.pk, copy.key, copy.uuid = None, f"m{number}", Module._meta.get_field("uuid").get_default()
        copy.titles = {"fr": f"Module {number}"}
        copy.save(force_insert=True)
        see_step(owner_id=lina.pk, module=copy, step="la-situation", now=now)
        if number % 2:
            complete(copy, lina, now)
            issue_attestation(owner=lina, of="module", key=copy.key, now=now)
    Taker(client=signed_in).start("placement").finish()
    for _ in range(12):
        Taker(client=signed_in).start("citizen")
    with django_assert_max_num_queries(27):  # type: ignore[operator]
        shown = page(signed_in)
    body = re.sub(r"<svg.*?</svg>", "<svg>", shown.split("<body>")[1], flags=re.DOTALL)
    assert len(re.findall(r"<[a-z]", body)) <= 500
    assert "/profil/evaluations/" in shown
    assert page(signed_in, "/profil/evaluations/").count("/evaluation/s/") == 13


def test_english_is_english(lina: User, signed_in: Client, now: datetime) -> None:
    module = samples.make()
    see_step(owner_id=lina.pk, module=module, step="la-situation", now=now)
    assert "Checking an identity" in page(signed_in, "/en/profil/")


def test_the_check_of_a_module_bears_its_name(lina: User, signed_in: Client, now: datetime) -> None:
    module, other = samples.make(), samples.make("un-autre", english=False)
    for one in (module, other):
        signed_in.post("/parcours/-/controle/", {"module": one.key})
    for one in ModulePage.objects.all():
        one.delete()
    french, english = (page(signed_in, f"{prefix}/profil/evaluations/") for prefix in ("", "/en"))
    assert french.count("Bilan : Vérifier une identité") == 2
    assert english.count("Checking an identity") == 1
    assert english.count('<th scope="row" lang="fr">') == 1
    assert "Bilan : Vérifier une identité" in page(signed_in)


def test_who_is_not_known_chooses_and_who_is_goes_to_their_test(lina: User, signed_in: Client) -> None:
    assert 'class="button" href="/evaluation/"' in next_of(signed_in)
    Taker(client=signed_in).start("professional")
    Attempt.objects.update(context="left", state=Attempt.State.EXPIRED)
    signed_in.force_login(lina)
    Attempt.objects.all().delete()
    assert 'class="button" href="/evaluation/professional/"' in next_of(signed_in)


def test_only_one_card_leads_to_the_test(lina: User, signed_in: Client, now: datetime) -> None:
    see_step(owner_id=lina.pk, module=samples.make(), step="la-situation", now=now)
    assert "Vingt situations, un quart d’heure" in page(signed_in)
    Taker(client=signed_in).start("placement")
    assert "Vingt situations, un quart d’heure" not in page(signed_in)
