"""The bank's pages in /cms/: who sees them, what they say, how many queries they cost."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kernel.models import AuditEntry
from question_bank import api
from question_bank.models import ItemExposure, ItemReport
from question_bank.types import Answer, CountedAnswer, CountedSitting, Exposures
from tests.question_bank.statistics.test_figures import AT, people, say

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAGES = ("", "couverture.json", "exposition/", "exposition.json", "signalements/")


@pytest.fixture
def single(bank):
    return next(entry for entry in bank.entries if entry.interaction == "single_choice")


def test_readers_see_every_page_and_others_none(bank, single, sign_in, now):
    report = api.report_item(item_version_id=single.item_version_id, text="Une faute.", at=now)
    pages = [*PAGES, f"items/{single.key}/", f"items/{single.key}/donnees.json", f"signalements/{report}/"]
    for role in ("author", "reviewer", "reader"):
        client = sign_in(role)
        found = {page: client.get(f"/cms/banque/{page}").status_code for page in pages}
        assert set(found.values()) == {200}, found
    stranger = sign_in("nobody")
    assert {stranger.get(f"/cms/banque/{page}").status_code for page in pages} == {302}


def test_the_page_of_an_item_says_what_answers_say(single, sign_in):
    client = sign_in("reader")
    empty = client.get(f"/cms/banque/items/{single.key}/").content.decode()
    assert "Trop peu de réponses pour conclure (0 sur 200)." in empty
    say(single.item_version_id, people(250, swapped=True))
    page = client.get(f"/cms/banque/items/{single.key}/").content.decode()
    assert "Le choix C attire les meilleurs\u00a0: relire la clé." in page
    assert "<svg" in page
    data = client.get(f"/cms/banque/items/{single.key}/donnees.json").json()
    assert (data["responses"], data["seconds"]["median"]) == (250, pytest.approx(20, rel=0.25))
    assert client.get("/cms/banque/items/nulle-part/").status_code == 404


def test_the_coverage_names_its_holes(bank, sign_in):
    client = sign_in("reader")
    page = client.get("/cms/banque/").content.decode()
    assert f"D3.C1\u00a0: {len(bank.entries)} situations publiées sur 30." in page
    assert "D1.C1\u00a0: aucune situation pour étudiants, professionnels, citoyens." in page
    data = client.get("/cms/banque/couverture.json").json()
    assert data["published"] == len(bank.entries)
    assert len(data["competencies"]) == 16
    row = next(row for row in data["competencies"] if row["code"] == "D3.C1")
    assert row["by_difficulty"] == {"1": 0, "2": len(bank.entries), "3": 0, "4": 0}
    assert row["by_language"]["en"] == len(bank.entries)


def test_the_exposure_is_told_most_served_first(bank, sign_in):
    for used in ([0, 1], [0], [0, 2]):
        api.record_exposure(release_id=bank.id, sittings=[Exposures(used, [True] * len(bank.entries), 0.25)])
    client = sign_in("reader")
    data = client.get("/cms/banque/exposition.json").json()
    assert data["items"][0] == {"key": bank.entries[0].key, "served": 3, "finished": 3, "share": 1.0}
    assert data["never_served"] == len(bank.entries) - 3
    assert bank.entries[0].key in client.get("/cms/banque/exposition/").content.decode()


def test_the_authors_list_leads_to_the_figures_and_back(single, sign_in):
    client = sign_in("author")
    assert f'href="/cms/banque/items/{single.key}/"' in client.get("/cms/situations/").content.decode()
    page = client.get(f"/cms/banque/items/{single.key}/").content.decode()
    assert "La situation</a>" in page
    back = page.split("La situation</a>")[0].rsplit('href="', 1)[1].split('"')[0]
    assert client.get(back).status_code == 200


def _queries(client, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(page).status_code == 200
    return len(found)


def test_a_list_costs_as_many_queries_for_twenty_rows_as_for_one(bank, single, sign_in, now):
    client = sign_in("author")
    api.report_item(item_version_id=single.item_version_id, text="Une faute.", at=now)
    ItemExposure.objects.filter(item__key=single.key).update(finished=1)
    say(single.item_version_id, people(1))
    pages = [
        "/cms/banque/",
        "/cms/banque/exposition/",
        "/cms/banque/signalements/",
        f"/cms/banque/items/{single.key}/",
        "/cms/",
    ]
    before = {page: _queries(client, page) for page in pages}
    for number in range(20):
        api.report_item(item_version_id=bank.entries[number % 7].item_version_id, text=f"Faute {number}.", at=now)
    ItemExposure.objects.update(finished=10, served=3)
    say(single.item_version_id, people(40))
    assert {page: _queries(client, page) for page in pages} == before


def test_a_report_is_settled_and_its_reporter_told(single, sign_in, now: datetime):
    report = api.report_item(item_version_id=single.item_version_id, text="La source a changé.", at=now, reporter_id=7)
    reader, author = sign_in("reader"), sign_in("author")
    page = f"/cms/banque/signalements/{report}/"
    assert "La source a changé." in author.get("/cms/").content.decode()
    refused = author.post(page, {"status": "fixed", "reply": "  "})
    assert refused.status_code == 422
    assert "Dites en une phrase" in refused.content.decode()
    assert reader.post(page, {"status": "fixed", "reply": "Corrigé."}).status_code == 302
    assert ItemReport.objects.get(uuid=report).status == "new"
    done = author.post(page, {"status": "fixed", "reply": "Merci, la source est à jour."})
    assert (done.status_code, done["Location"]) == (302, "/cms/banque/signalements/")
    (told,) = api.reports_of(7)
    assert (told.status, told.reply, told.handled_at is not None) == ("fixed", "Merci, la source est à jour.", True)
    row = ItemReport.objects.get(uuid=report)
    entry = AuditEntry.objects.get(action="bank.report_settled")
    assert (entry.actor_id, entry.details) == (row.handled_by_id, {"from": "new", "to": "fixed"})
    assert "La source a changé." not in author.get("/cms/banque/signalements/").content.decode()


@pytest.mark.parametrize(
    ("status", "reply"), [("new", "Non."), ("", "Non."), ("fixed", "x" * 1001), ("fixed", "a\x00b")]
)
def test_a_decision_that_is_not_one_changes_nothing(single, sign_in, now, status, reply):
    report = api.report_item(item_version_id=single.item_version_id, text="Une faute.", at=now)
    answer = sign_in("author").post(f"/cms/banque/signalements/{report}/", {"status": status, "reply": reply})
    assert answer.status_code == 422
    assert ItemReport.objects.get(uuid=report).status == "new"
    assert not AuditEntry.objects.exists()


def test_a_plain_wording_has_figures_of_its_own(single):
    answers = [CountedAnswer(single.item_version_id, "plain", Answer("choice", "b"), 1, 5.0, 500)]
    api.count_attempts([CountedSitting(uuid4(), AT, tuple(answers))])
    from question_bank.statistics.selectors import sheet

    assert sheet(single.key).figures.responses == 0
    assert sheet(single.key, "plain").figures.responses == 1
