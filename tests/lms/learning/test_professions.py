"""The way of a profession through a journey: what it holds, what its page says, when it is completed."""

from collections import Counter
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kernel.models import OutboxEvent
from lms.accounts.api import User
from lms.learning import api
from lms.learning.models import Journey, Module, ModuleProgress
from lms.learning.modulefiles.reading import CONTENT
from lms.learning.professions import FAMILIES, NAMES
from lms.learning.progress.completing import complete_if_done
from lms.learning.types import JourneyFacts, JourneyWords, PartWords
from lms.learning.ways import followed, ways
from question_bank.api import files

ADDRESS = "/parcours/six-heures/"
NAMED = {"commun": [], "au-comptoir": ["pharmacie"], "au-lit": ["infirmier"], "au-domicile": ["ass", "es"]}


@lru_cache(maxsize=1)
def written() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the journey of professionals, and each module, as their files say."""
    modules = [files.read_data(path) for path in sorted(CONTENT.glob("modules/*/fr.yaml"))]
    return files.read_data(CONTENT / "journeys" / "six-heures-en-exercice.yaml"), {one["key"]: one for one in modules}


def test_every_profession_has_one_name_in_one_family() -> None:
    assert sorted(NAMES) == sorted(files.known_professions())
    assert sum(len(names) for _family, names in FAMILIES) == len(set(NAMES.values()))


@pytest.mark.parametrize("profession", ["", *sorted(NAMES)])
def test_the_six_hours_of_every_profession_hold_five_domains(profession: str) -> None:
    journey, modules = written()
    known = {key: one["professions"] for key, one in modules.items()}
    keys = [key for part in journey["parts"] for key in followed(part, known, profession)]
    domains = Counter(modules[key]["competencies"][0][:2] for key in keys)
    assert len(keys) == len(set(keys)) and set(domains) == {"D1", "D2", "D3", "D4", "D5"}
    assert 5 * 60 <= sum(int(modules[key]["minutes"]) for key in keys) <= 7 * 60
    assert not profession or any(profession in known[key] for key in keys)


def test_a_journey_of_one_hour_takes_about_one_hour() -> None:
    _journey, modules = written()
    for path in sorted(CONTENT.glob("journeys/*.yaml")):
        found = files.read_data(path)
        if "une heure" in found["fr"]["title"].lower():
            total = sum(modules[key]["minutes"] for part in found["parts"] for key in part["modules"])
            assert 40 <= total <= 75, f"{found['key']}: {total} minutes"


def test_what_is_reserved_says_for_whom() -> None:
    journey, modules = written()
    reserved = [key for part in journey["parts"] for key in part.get("reserved", ())]
    assert reserved and all(modules[key]["professions"] for key in reserved)
    assert all("professional" in modules[key]["audiences"] for key in reserved)


def test_one_s_own_modules_come_first_and_those_of_others_are_left_out() -> None:
    part = {"modules": ["commun", "au-lit", "au-domicile"], "reserved": ["au-domicile", "au-comptoir"]}
    assert followed(part, NAMED) == ["commun", "au-lit", "au-domicile"]
    assert followed(part, NAMED, "infirmier") == ["au-lit", "commun"]
    assert followed(part, NAMED, "pharmacie") == ["au-comptoir", "commun", "au-lit"]
    assert followed(part, {"commun": []}, "pharmacie") == ["commun"]  # what is withdrawn is not waited for
    assert [len(list(ways([one], NAMED))) for one in (part, {"modules": ["commun"]})] == [1 + len(NAMES), 1]


@pytest.fixture
def journey(db: None) -> Journey:
    for key, professions in NAMED.items():
        Module.objects.create(
            key=key, titles={"fr": f"Module {key}"}, languages=["fr"], is_published=True, competencies=["D1.C1"],
            audiences=["professional"], professions=professions, minutes=20,
        )  # fmt: skip
    api.create_home_pages()
    parts = [
        PartWords("tous", "Pour tous", ["commun", "au-lit"]),
        PartWords("chacun", "À chacun", ["au-domicile"], reserved=["au-domicile", "au-comptoir"]),
    ]
    words = {"fr": JourneyWords("Six heures", "L’essentiel.", parts)}
    return api.write_journey(key="six-heures", shared=JourneyFacts("professional"), words=words)


def told(query: str = "", address: str = ADDRESS) -> str:
    response = Client().get(f"{address}{query}")
    assert response.status_code == 200 and not response.cookies
    return response.content.decode().partition("<main")[2]


def test_without_a_choice_the_journey_is_everybody_s_and_says_so(journey: Journey) -> None:
    text = told()
    assert "commun à tous les métiers" in text and "3 modules" in text
    assert "dans votre métier" not in text and "au-comptoir" not in text
    assert all(f'<option value="{code}">' in text for code in NAMES)


def test_the_way_of_a_profession_is_an_address(journey: Journey) -> None:
    text = told("?metier=pharmacie&p=grand")
    assert "Pharmacien, pharmacienne." in text and "1 module s’y passe" in text
    assert "3 modules" in text and text.count("dans votre métier") == 1
    assert "au-domicile" not in text and '<option value="pharmacie" selected>' in text
    assert 'name="p" value="grand"' in text and f'href="{ADDRESS}?p=grand"' in text


def test_a_profession_that_no_module_names_is_told_so(journey: Journey) -> None:
    text = told("?metier=orthoptie")
    assert "Aucun de ses modules ne s’y passe encore" in text and "2 modules" in text
    assert "À chacun" not in text  # nothing is left of that part


@pytest.mark.parametrize("asked", ["plombier", "%3Cscript%3E", "%00", "x" * 4000, "INFIRMIER"])
def test_an_unknown_profession_is_told_as_such(journey: Journey, asked: str) -> None:
    text = told(f"?metier={asked}")
    assert asked == "%00" or "Ce parcours ne connaît pas le métier «\u00a0" in text
    assert "<script>" not in text and "au-comptoir" not in text and "3 modules" in text


def test_only_professionals_are_asked(journey: Journey) -> None:
    parts = [PartWords("tous", "Pour tous", ["commun"])]
    words = {"fr": JourneyWords("Une heure", "Pour chacun.", parts)}
    api.write_journey(key="une-heure", shared=JourneyFacts("citizen"), words=words)
    assert "metier" not in told("?metier=infirmier", "/parcours/une-heure/")


def test_a_profession_costs_no_query(journey: Journey) -> None:
    def queries(query: str) -> int:
        told(query)
        with CaptureQueriesContext(connection) as captured:
            told(query)
        return len(captured)

    assert queries("?metier=pharmacie") == queries("")


def test_the_rows_keep_what_is_reserved(journey: Journey) -> None:
    assert journey.module_keys == ["commun", "au-lit", "au-domicile"]
    assert journey.every_key == [*journey.module_keys, "au-comptoir"]


def complete(owner: User, key: str, at: datetime) -> None:
    """Have `owner` complete a module as its final check does."""
    module = Module.objects.get(key=key)
    module.steps = [{"key": "seule", "minutes": 20}]
    module.save()
    row = ModuleProgress.objects.create(owner=owner, module=module, started_at=at, seen_at=at, best_check=100)
    row.steps.create(key="seule", seen_at=at)
    complete_if_done(row, module, now=at)


def test_the_way_of_a_profession_completes_the_journey_once(journey: Journey, now: datetime) -> None:
    lina = User.objects.create_user("lina@test.example")
    completed = OutboxEvent.objects.filter(kind="learning.JourneyCompleted")
    complete(lina, "commun", now)
    assert not completed.exists() and api.journey_moments(journey, [lina.pk])[lina.pk].finished_at is None
    for place, key in enumerate(("au-lit", "au-domicile", "au-comptoir"), start=1):
        complete(lina, key, now + timedelta(days=place))
        assert completed.count() == 1  # nothing more is reserved to a speech therapist: two modules were enough
    lines = api.module_lines(owner_id=lina.pk, language="fr")
    (line,) = api.journey_lines(modules=lines, language="fr")
    assert line.is_completed
    assert api.journey_moments(journey, [lina.pk])[lina.pk] == (now, now + timedelta(days=1))
