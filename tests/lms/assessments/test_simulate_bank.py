"""The simulation is the engine in service, the same twice, and says no more than it found."""

import json
from io import StringIO

import numpy as np
import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client

from kernel import clock, jobs
from kernel.models import AuditEntry, Job
from lms.accounts.api import User
from lms.assessments import delivery
from lms.assessments.models import Assessment
from lms.assessments.simulation import additions, sentences, simulate
from lms.assessments.simulation.house import NewItem, extended, house_of
from lms.assessments.simulation.sitting import Sittings, crowd, sit, sit_all
from question_bank import adaptive
from question_bank.authoring.roles import AUTHORS, READERS, prepare_authoring
from question_bank.models import BankRelease, ItemExposure, ItemStatistic, SimulationRun
from tests.lms.assessments.taking import Taker

pytestmark = pytest.mark.django_db
PEOPLE = 40


@pytest.fixture
def offer(bank) -> Assessment:
    return Assessment.objects.select_related("blueprint").get(key="placement")


def client_of(group: str) -> Client:
    prepare_authoring()
    user = User.objects.create_user(f"{len(group)}@demo.example", "x")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def test_the_command_prints_what_was_found(offer):
    out = StringIO()
    call_command("simulate_bank", people=PEOPLE, format="json", stdout=out)
    found = json.loads(out.getvalue())
    assert (found["assessment"], found["people"], len(found["domains"])) == ("placement", PEOPLE, 5)
    assert 18 <= found["length"]["min"] <= found["length"]["max"] <= 22
    for one in (found["overall"], *found["domains"]):
        assert 0.3 < one["mean_se"] < 0.9
        assert 0.5 * one["mean_se"] < one["rmse"] < 1.6 * one["mean_se"]
        assert one["coverage"] <= one["coverage_shown"] <= 1
    assert found["exposure"]["max"] <= 1
    assert len(found["additions"]) == 5
    assert len(found["sentences"]) >= 7
    assert not SimulationRun.objects.exists()
    assert not ItemExposure.objects.exclude(served=0).exists()  # nothing of it touches the bank
    assert not ItemStatistic.objects.exists()


def test_the_same_seed_finds_the_same_and_another_another(offer):
    first = simulate(offer=offer, people=20, seed=5)
    assert simulate(offer=offer, people=20, seed=5) == first
    assert simulate(offer=offer, people=20, seed=6)["overall"] != first["overall"]


def test_people_are_served_what_a_real_attempt_is(offer, monkeypatch):
    """The same secret and the same answers: the same items, through the services of a sitting or simulated."""
    taker = Taker().start().finish()
    given = iter([int(response.score) for response in taker.responses])
    monkeypatch.setattr(adaptive, "answer_of", lambda *args: next(given))
    here, found = house_of(offer), Sittings()
    one = crowd(here, 1, 5)
    sit(here, offer, one.theta[0], one.luck[0], taker.attempt.mask_secret, found)
    assert found.items == [taker.attempt.selection_log]
    assert found.reasons == [taker.attempt.stop_reason]


def test_more_and_better_items_bring_a_gain_and_worse_ones_none(offer):
    """The mutant: an addition that is not really simulated would say the same of both."""
    here, seed = house_of(offer), 3
    people = crowd(here, 60, seed)
    weights = here.pool.domain_means[4]
    place = here.pool.competencies_of_domain[4][0]

    def error(discrimination: float) -> float:
        items = [NewItem(place, discrimination, b, 0.0, False) for b in np.linspace(-2, 2, additions.MORE)]
        house = extended(here, items)
        again = crowd(house, 60, seed, more_items=additions.MORE)
        assert np.array_equal(again.theta, people.theta)
        assert np.array_equal(again.luck[:, : here.pool.size], people.luck)
        found = sit_all(house, offer, again, seed)
        return float(np.mean([np.sqrt(weights @ one @ weights) for one in found.covariances]))

    before = sit_all(here, offer, people, seed)
    was = float(np.mean([np.sqrt(weights @ one @ weights) for one in before.covariances]))
    assert error(3.0) < was - 0.02
    assert abs(error(0.05) - was) < 0.02


def a_result(**changes):
    one = {"mean_se": 0.31, "rmse": 0.31, "bias": 0.0, "coverage": 0.95, "coverage_shown": 0.99}
    more = {"domain": "D5", "level": 4, "items": 14, "mean_se_before": 0.31, "mean_se": 0.27, "is_clear": True}
    return {
        "length": {"mean": 20.2, "min": 18, "max": 22},
        "overall": one,
        "domains": [{"key": "D5", "title": "La télésanté", "title_en": "Telehealth", **one}],
        "exposure": {"max": 0.25, "limit": 0.25, "usable": 400, "never_served": 3},
        "overlap": 0.2,
        "shortfalls": [],
        "additions": [{**more, **changes}],
        "is_provisional": False,
    }


def test_sentences_say_what_was_found_and_no_more(bank):
    nb = "\u00a0"
    assert sentences(a_result())[1] == (
        f"Cette banque mesure «{nb}La télésanté{nb}» à ±0,31 en 20 situations{nb}; "
        "14 situations de niveau 4 de plus donneraient ±0,27."
    )
    assert sentences(a_result(is_clear=False))[1].endswith("n’y changeraient rien de mesurable.")


@pytest.mark.parametrize("options", [{"people": 5}, {"people": 100_000}, {"assessment": "nowhere"}])
def test_what_cannot_be_simulated_is_refused_in_a_sentence(offer, options):
    with pytest.raises(CommandError):
        call_command("simulate_bank", stdout=StringIO(), **options)


def test_the_page_asks_the_worker_and_shows_the_last_run(offer, monkeypatch):
    author = client_of(AUTHORS)
    page = "/cms/banque/mesure/"
    empty = author.get(page).content.decode()
    assert "Aucune simulation pour l’instant." in empty
    assert "<svg" in empty  # the information, which costs nothing
    asked = author.post("/cms/banque/mesure/simuler/", {"evaluation": "placement"})
    assert asked["Location"] == f"{page}?evaluation=placement"
    assert author.post("/cms/banque/mesure/simuler/", {"evaluation": "placement"}).status_code == 302
    job = Job.objects.get()  # asked twice, simulated once
    assert "<progress" in author.get(page).content.decode()
    Job.objects.update(payload={"assessment": "placement", "people": 20})
    assert jobs.run(job.pk, now=clock.now())
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    shown = author.get(page).content.decode()
    assert "Cette banque mesure l’ensemble à ±" in shown
    assert AuditEntry.objects.filter(action="bank.simulate").count() == 2
    data = author.get("/cms/banque/mesure.json").json()
    assert data["simulation"]["people"] == 20
    assert len(data["information"]["domains"]) == 5


def test_a_reader_sees_and_asks_for_nothing(offer):
    reader = client_of(READERS)
    page = reader.get("/cms/banque/mesure/").content.decode()
    assert '<form method="post" action="/cms/banque/mesure/simuler/"' not in page
    assert reader.post("/cms/banque/mesure/simuler/", {"evaluation": "placement"}).status_code == 302
    assert not Job.objects.exists()


def test_without_a_release_the_page_says_so(offer):
    BankRelease.objects.update(is_current=False)
    delivery.forget()
    assert "Aucune édition de la banque" in client_of(READERS).get("/cms/banque/mesure/").content.decode()
