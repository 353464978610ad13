"""What a result says: what it is compared with, in which words, and which steps it leads to."""

import io
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.html import escape
from pypdf import PdfReader

from competencies.api import current_framework, plain_titles
from competencies.models import Framework
from lms.accounts.api import User
from lms.assessments.models import Attempt, CompetencyResult, Response
from lms.assessments.standing import standing
from tests.lms.assessments.taking import Taker


@pytest.fixture
def lina(bank: None) -> Client:
    """Somebody with an account."""
    client = Client()
    client.force_login(User.objects.create_user("lina@demo.example"))
    return client


def text_of(page: HttpResponse) -> str:
    """Return a page with ordinary spaces."""
    return page.content.decode().replace("\u00a0", " ")


def test_a_training_is_compared_with_a_training_and_a_placement_with_a_placement(lina: Client) -> None:
    kinds = ("placement", "training", "professional", "training")
    taken = [Taker(client=lina).start(kind).finish() for kind in kinds]
    for taker, number in zip(taken, (None, None, 0, 1), strict=True):
        page = lina.get(f"/evaluation/s/{taker.token}/profil").content.decode()
        told = lina.get(f"/evaluation/s/{taker.token}/profil.json").json()["previous"]
        assert (told is not None) == ("Avant, le" in page) == (number is not None)
        if told is not None and number is not None:
            earlier = taken[number].body["result"]
            expected = {name: earlier[name] for name in ("finished_at", "overall", "domains")}
            assert told == expected == lina.get(f"/api/v1/attempts/{taker.token}/result").json()["previous"]


def test_what_came_before_is_of_the_same_framework(lina: Client) -> None:
    first, second = (Taker(client=lina).start("training").finish() for _ in range(2))
    kept = Framework.objects.get(pk=first.attempt.framework_id)
    other = Framework.objects.create(key=kept.key, version="another", status=kept.status, digest="other")
    Attempt.objects.filter(token=first.token).update(framework=other)
    assert lina.get(f"/evaluation/s/{second.token}/profil.json").json()["previous"] is None


def test_nobody_is_compared_without_an_account(bank: None) -> None:
    taker = Taker().start("training").finish()
    assert taker.body["result"]["previous"] is None


@pytest.mark.parametrize(
    ("hours", "french", "english"),
    [(3, "14 mars 2027 à 9 h 05", "14 March 2027 at 9:05"), (15, "13 mars 2027", "13 March 2027")],
)
def test_of_the_same_day_the_hour_is_said_too(lina: Client, hours: int, french: str, english: str) -> None:
    first, second = (Taker(client=lina).start("training").finish() for _ in range(2))
    now = datetime(2027, 3, 14, 12, 5, tzinfo=ZoneInfo("Europe/Paris"))
    for taker, at in ((first, now - timedelta(hours=hours)), (second, now)):
        Attempt.objects.filter(token=taker.token).update(finished_at=at)
    address = f"/evaluation/s/{second.token}/profil"
    page, translated = text_of(lina.get(address)), text_of(lina.get(f"/en{address}"))
    assert f"Avant, le {french} : " in page and f"votre résultat du {french}." in page
    assert f"Before, on {english}: " in translated and f"your result of {english}." in translated
    document = PdfReader(io.BytesIO(lina.get(f"{address}.pdf").content))
    assert f"Avant, le {french} : " in " ".join(document.pages[0].extract_text().split())


def test_a_citizen_reads_plain_titles_everywhere_and_programs_the_official_ones(bank: None) -> None:
    taker = Taker().start("citizen").finish()
    address, framework = f"/evaluation/s/{taker.token}/profil", current_framework()
    page, data = text_of(Client().get(address)), Client().get(f"{address}.json").json()
    document = PdfReader(io.BytesIO(Client().get(f"{address}.pdf").content))
    told = " ".join(" ".join(sheet.extract_text() for sheet in document.pages).split())
    plain = plain_titles()
    for domain in framework.domains:
        assert plain[domain.code] in page and plain[domain.code] in told
        for part in domain.competencies:
            title = part.title("fr")
            assert plain[part.code] in page and escape(title) not in page, title
            assert plain[part.code] in told and title not in told, title
    parts = [part for domain in framework.domains for part in domain.competencies]
    assert [line["title"] for line in data["competencies"]] == [part.title("fr") for part in parts]
    assert [line["title"] for line in data["domains"]] == [domain.title("fr") for domain in framework.domains]
    assert {step["title"] for step in data["next_steps"]} <= set(plain.values())


def test_plain_titles_are_french_and_for_citizens(bank: None) -> None:
    citizen, student = (Taker().start(kind).finish().token for kind in ("citizen", "placement"))
    Attempt.objects.filter(token=citizen).update(wording="plain")
    english = text_of(Client().get(f"/en/evaluation/s/{citizen}/profil"))
    french = text_of(Client().get(f"/evaluation/s/{student}/profil"))
    assert not any(
        title in english or title in french for title in ("Vérifier qui est qui", "La sécurité sur Internet")
    )


@pytest.mark.parametrize("low", [0, 450])
def test_a_step_is_never_what_the_page_says_went_well(bank: None, low: int) -> None:
    """Nothing is sure and answers were right (0), or the lowest of all is mastered (450)."""
    taker = Taker().start("placement").finish()
    Response.objects.filter(attempt__token=taker.token).update(is_correct=True)
    results = CompetencyResult.objects.filter(attempt__token=taker.token, scope="competency")
    results.update(score=600, low=low, high=900)
    good = ["D1.C1", "D2.C1", "D3.C1"]
    results.filter(code__in=good).update(score=601)
    results.exclude(code__in=good).filter(code__startswith="D1").update(low=0)
    page = text_of(Client().get(f"/evaluation/s/{taker.token}/profil"))
    data = Client().get(f"/evaluation/s/{taker.token}/profil.json").json()
    steps = {step["code"] for step in data["next_steps"]}
    ticks = re.search(r'<ul class="ticks">(.*?)</ul>', page, re.DOTALL)
    assert ticks and ticks[1].count("<li>") == 3
    assert len(steps) == 3 and not steps & set(good)
    titles = {line["title"] for line in data["competencies"] if line["key"] in steps}
    assert not any(escape(title) in ticks[1] for title in titles)
    assert standing(Attempt.objects.get(token=taker.token)).praised == set(good)


@pytest.mark.parametrize(
    ("score", "low", "high", "said", "is_wide"),
    [(194, 0, 417, "environ 220 points près", True), (500, 352, 648, "environ 150 points près", False)],
)
def test_that_it_stopped_at_its_precision_is_said_with_the_margin(
    bank: None, score: int, low: int, high: int, said: str, is_wide: bool
) -> None:
    taker = Taker().start("training").finish()
    Attempt.objects.filter(token=taker.token).update(stop_reason="precision_reached")
    whole = CompetencyResult.objects.filter(attempt__token=taker.token, scope="overall")
    whole.update(score=score, low=low, high=high)
    page = text_of(Client().get(f"/evaluation/s/{taker.token}/profil"))
    assert f"à la précision prévue pour ce format : l’ensemble est connu à {said}." in page
    assert ("C’est encore large" in page) == is_wide
    assert "a atteint la précision" not in page


def test_the_competencies_are_folded_once_and_can_be_opened_without_a_script(bank: None) -> None:
    """On a phone only: wider, and on paper, the style opens them (themes/styles)."""
    taker, fold = Taker().start("citizen").finish(), '<details class="fold phone-fold"><summary>'
    address = f"/evaluation/s/{taker.token}/profil"
    page = text_of(Client().get(address))
    folded = re.search(f"{fold}Voir toutes les compétences</summary>(.*?)</details>", page, re.DOTALL)
    assert folded and folded[1].count('<th scope="row">') == 16
    assert "See all the competencies" in text_of(Client().get(f"/en{address}"))
    Attempt.objects.filter(token=taker.token).update(wording="plain")
    page = text_of(Client().get(address))
    assert "Voir plus de chiffres" in page and fold not in page
