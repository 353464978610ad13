"""The path of a person: from where they stand, without what they have done, each module with its reason."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kernel import clock
from lms.assessments.api import Standing
from lms.assessments.models import Attempt
from lms.assessments.standing import standing
from lms.learning import api
from lms.learning.models import Module, ModuleProgress
from lms.learning.path import advice
from lms.learning.path.wording import Aim, Rung, Subject, reason
from tests.lms.assessments.reading import Reader

pytestmark = pytest.mark.django_db
LEVELS = [Rung(0, "Novice"), Rung(400, "Indépendant"), Rung(550, "Avancé"), Rung(700, "Expert")]


@pytest.fixture
def person(bank: None) -> Any:
    return get_user_model().objects.create_user("nadia@example.org", None)


def module(key: str, code: str = "D1.C1", **changes: Any) -> Module:
    values: dict[str, Any] = {
        "titles": {"fr": f"Module {key}", "en": f"Unit {key}"}, "languages": ["fr", "en"], "is_published": True,
        "competencies": [code], "audiences": ["student"], "minutes": 15,
    }  # fmt: skip
    return Module.objects.create(key=key, **{**values, **changes})


def keys(steps: list[api.PathStep]) -> list[str]:
    return [step.module.key for step in steps]


def test_the_path_begins_with_the_weakest_point_and_says_so(bank: None) -> None:
    module("a"), module("b", "D5.C2")
    path = api.next_modules({"D1.C1": (500, 400, 600), "D5.C2": (350, 250, 450)}, "student", "fr")
    assert keys(path) == ["b", "a"]
    assert path[0].reason.startswith("Votre point le moins sûr\u00a0: «\u00a0")
    assert path[0].reason.endswith("à environ 50 points du niveau «\u00a0Indépendant\u00a0». 15 minutes, pour débuter.")
    assert path[0].url == "/parcours/b/"


def test_a_level_that_is_far_is_named_without_a_figure(bank: None) -> None:
    module("a")
    path = api.next_modules({"D1.C1": (98, 10, 190)}, "student", "fr")
    assert path[0].reason.endswith(", pour atteindre le niveau «\u00a0Indépendant\u00a0». 15 minutes, pour débuter.")


def test_only_published_modules_for_this_audience_that_are_left(person: Any) -> None:
    done = module("done")
    module("left"), module("draft", is_published=False), module("citizens", audiences=["citizen"])
    now = clock.now()
    ModuleProgress.objects.create(owner=person, module=done, started_at=now, seen_at=now, completed_at=now)
    assert keys(api.path_of(person, "fr")) == ["left"]
    assert keys(api.path_of(person, "fr", "citizen")) == ["citizens"]


def test_a_module_under_way_stays(person: Any) -> None:
    now = clock.now()
    ModuleProgress.objects.create(owner=person, module=module("begun"), started_at=now, seen_at=now)
    assert keys(api.path_of(person, "fr")) == ["begun"]


def test_in_english_where_it_is_published_so(bank: None) -> None:
    module("a"), module("b", languages=["fr"])
    found = {step.module.key: step for step in api.next_modules({}, "student", "en")}
    assert (found["a"].title, found["a"].url, found["a"].language) == ("Unit a", "/en/parcours/a/", "en")
    assert (found["b"].title, found["b"].url, found["b"].language) == ("Module b", "/parcours/b/", "fr")


def test_the_last_measure_of_the_person_decides(person: Any) -> None:
    for number in range(8):
        module(f"m{number}", f"D{number % 4 + 1}.C{number // 4 + 1}")
    client = Client()
    client.force_login(person)
    reader = Reader(client=client).begin()
    while reader.look().status_code == 200:
        reader.send(reader.fields())
    path = api.path_of(person, "fr")
    assert len(path) == 8
    assert any("moins sûr" in step.reason for step in path) or all(step.gain > 0 for step in path)
    page = client.get(f"/evaluation/s/{reader.token}/profil").content.decode()
    assert page.count("/parcours/m") == 3
    good = standing(Attempt.objects.get(token=reader.token)).praised
    for step in [step for step in path if step.competency not in good][:3]:
        assert step.title in page
    assert "Module m" in client.get("/profil/chemin/").content.decode()


def test_somebody_without_account_gets_the_same_three_modules(bank: None) -> None:
    for number in range(6):  # three at most are about what went well
        module(f"m{number}", f"D{number % 5 + 1}.C{number // 5 + 1}")
    reader = Reader().begin()
    while reader.look().status_code == 200:
        reader.send(reader.fields())
    page = reader.client.get(f"/evaluation/s/{reader.token}/profil")
    assert page.content.decode().count("/parcours/m") == 3
    assert not page.cookies


def test_without_a_module_the_three_steps_are_as_before(bank: None) -> None:
    reader = Reader().begin("citizen")
    while reader.look().status_code == 200:
        reader.send(reader.fields())
    html = reader.client.get(f"/evaluation/s/{reader.token}/profil").content.decode()
    assert '<ol class="steps"><li><b>' in html


def test_as_many_queries_for_one_module_as_for_twenty(person: Any) -> None:
    counts = []
    for number in range(20):
        module(f"m{number}", f"D{number % 5 + 1}.C1")
        if number in (0, 19):
            api.path_of(person, "fr")
            with CaptureQueriesContext(connection) as queries:
                api.path_of(person, "fr")
            counts.append(len(queries))
    assert counts[0] == counts[1] <= 6


@pytest.mark.parametrize("asked", ["citizen", "nobody", "\x00", "x" * 3000])
def test_whom_the_path_is_for_can_be_chosen(person: Any, asked: str) -> None:
    client = Client()
    client.force_login(person)
    assert client.get("/profil/chemin/", {"public": asked}).status_code == 200


@pytest.mark.parametrize(
    ("score", "missed", "level", "words"),
    [
        ((450, 350, 550), set(), "entry", "Encore un pas"),
        ((450, 350, 550), {"D1.C1", "D2.C1"}, "entry", "a échappé"),
        ((600, 560, 640), set(), "entry", "Pour aller plus loin"),
        ((600, 400, 800), set(), "further", "Pour aller plus loin"),
        ((600, 400, 800), set(), "entry", "À confirmer"),
    ],
)
def test_the_reason_says_no_more_than_is_known(
    score: tuple[int, int, int], missed: set[str], level: str, words: str
) -> None:
    standing = Standing({"D1.C1": score, "D2.C1": (300, 200, 400)}, frozenset(missed), "student", None)
    aim, subject = Aim(550, LEVELS), Subject("D1.C1", "Le titre")
    assert words in reason(standing, subject, aim, level=level, minutes=12)
    assert "Pour commencer" in reason(None, subject, aim, level=level, minutes=12)
    told = reason(None, Subject("D1.C1", "100 % sûr"), aim, level="further", minutes=1)
    assert told.endswith("«\u00a0100 % sûr\u00a0». 1 minute, pour aller plus loin.")


def test_what_is_inferred_is_said_without_a_figure() -> None:
    scores = {"D1.C1": (300, 100, 500), "D2.C1": (450, 350, 550)}
    standing = Standing(scores, frozenset(), "student", None, frozenset({"D1.C1"}))
    aim = Aim(550, LEVELS)
    told = reason(standing, Subject("D1.C1", "T"), aim, level="entry", minutes=9)
    assert told == "Déduit de vos autres réponses, à vérifier\u00a0: «\u00a0T\u00a0». 9 minutes, pour débuter."
    few = replace(standing, asked=frozenset({"D1.C1"}))  # asked once or twice: nothing is said to be inferred
    assert reason(few, Subject("D1.C1", "T"), aim, level="entry", minutes=9).startswith("Peu de réponses ici")
    measured = reason(standing, Subject("D2.C1", "T"), aim, level="entry", minutes=9)
    assert measured.startswith("Votre point le moins sûr") and "100 points" in measured
    again = reason(standing, Subject("D1.C1", "T", is_again=True), aim, level="entry", minutes=9)
    assert again.startswith("Pour continuer") and "niveau" not in again


def test_every_module_of_the_path_has_its_reason(person: Any) -> None:
    for number in range(8):
        module(f"m{number}", f"D{number % 5 + 1}.C1")
    client = Client()
    client.force_login(person)
    page = client.get("/profil/chemin/").content.decode()
    assert page.count("/parcours/m") == 8
    assert page.count("Pour commencer") + page.count("Pour continuer") == 8


def test_after_a_placement_no_two_reasons_are_the_same(bank: None) -> None:
    codes = [f"D{domain}.C{number}" for domain in (1, 2, 3) for number in (1, 2)]
    for code in codes:
        module(f"a-{code}".lower().replace(".", ""), code)
        module(f"b-{code}".lower().replace(".", ""), code, level="further", minutes=16)
    scores = {code: (420 + place, 180, 660) for place, code in enumerate(codes)}  # alike, as twenty answers leave them
    path = advice.suggest(Standing(scores, frozenset(codes[:4]), "student", None), "fr")
    steps = api.next_modules(scores, "student", "fr")
    assert len({one.reason for one in path}) == len(path) == 4
    assert len({one.reason for one in steps}) == len(steps) == 12
    assert sum("Pour continuer" in one.reason for one in steps) == 6


def test_citizens_read_plain_titles_and_no_points(bank: None) -> None:
    module("a", "D2.C3", audiences=["citizen"])
    scores = {"D2.C3": (300, 200, 400)}
    (step,) = api.next_modules(scores, "citizen", "fr")
    assert step.competency_title == "Reconnaître un piège et réagir" and step.competency_title in step.reason
    assert "points" not in step.reason and "pour atteindre le niveau «\u00a0Indépendant\u00a0»" in step.reason
    (english,) = api.next_modules(scores, "citizen", "en")
    assert english.competency_title not in ("", step.competency_title)


@pytest.mark.parametrize(
    ("score", "said"), [((548, 540, 556), "10 points"), ((399, 300, 499), "10 points"), ((201, 100, 300), "200 points")]
)
def test_a_gap_is_said_to_the_nearest_ten(score: tuple[int, int, int], said: str) -> None:
    standing = Standing({"D1.C1": score}, frozenset(), "student", None)
    assert f"environ {said}" in reason(standing, Subject("D1.C1", "T"), Aim(550, LEVELS), level="entry", minutes=9)


@pytest.mark.parametrize(
    ("score", "target", "named"),
    [
        ((150, 0, 300), 550, "pour atteindre le niveau Indépendant"),  # two below what students are led to
        ((350, 200, 500), 550, "points du niveau Indépendant"),
        ((500, 350, 650), 550, "points du niveau Avancé"),
        ((600, 400, 800), 550, "où le niveau Avancé n’est pas encore sûr"),
        ((720, 600, 840), 550, "où le niveau Expert n’est pas encore sûr"),
        ((600, 560, 640), 550, "points du niveau Expert"),
        ((800, 720, 880), 550, "où le niveau Expert est atteint"),
        ((450, 410, 490), 400, "points du niveau Avancé"),
    ],
)
def test_the_level_named_is_the_next_one_or_the_one_to_confirm(
    score: tuple[int, int, int], target: int, named: str
) -> None:
    standing = Standing({"D1.C1": score}, frozenset(), "student", None)
    told = reason(standing, Subject("D1.C1", "T"), Aim(target, LEVELS), level="entry", minutes=9)
    assert named in told.replace("«\u00a0", "").replace("\u00a0»", "")


def test_what_a_result_lists_among_what_went_well_is_no_step(bank: None) -> None:
    for number in range(1, 6):
        module(f"m{number}", f"D{number}.C1")
    scores = {f"D{number}.C1": (300 + number, 200, 400) for number in range(1, 6)}
    standing = Standing(scores, frozenset(), "student", None, praised=frozenset({"D1.C1", "D3.C1"}))
    assert [one.title for one in advice.suggest(standing, "fr")] == ["Module m2", "Module m4", "Module m5"]


@pytest.mark.parametrize(("apart", "first"), [(False, ["a", "d", "e"]), (True, ["a", "b", "c"])])
def test_three_domains_are_opened_while_none_is_told_from_another(bank: None, apart: bool, first: list[str]) -> None:
    for key, code in (("a", "D5.C1"), ("b", "D5.C2"), ("c", "D5.C3"), ("d", "D1.C1"), ("e", "D2.C1")):
        module(key, code)
    low, high = (300, 100, 500), (520, 300, 740)
    scores = {f"D5.C{n}": (low[0] + n, *low[1:]) for n in (1, 2, 3)} | {"D1.C1": high, "D2.C1": (530, *high[1:])}
    standing = Standing(scores, frozenset(), "student", None, frozenset(), tells_domains_apart=apart)
    told = advice.suggest(standing, "fr")
    assert [one.title for one in told[:3]] == [f"Module {key}" for key in first]
    assert (len({one.domain_number for one in told[:3]}) == 3) != apart


def test_nothing_measured_opens_three_domains(person: Any) -> None:
    for key, code, minutes in (("a", "D5.C1", 5), ("b", "D5.C2", 5), ("c", "D1.C1", 20), ("d", "D2.C1", 25)):
        module(key, code, minutes=minutes)
    assert {step.domain_number for step in api.path_of(person, "fr")[:3]} == {1, 2, 5}
