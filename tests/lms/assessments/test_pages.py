"""The contract of an answer as a person meets it, without JavaScript and with it: nothing lost, nothing asked twice."""

import io
import re
from collections import Counter

import pytest
from django.test import Client
from pypdf import PdfReader

from lms.accounts.api import User
from lms.assessments import contributions, delivery, selectors
from lms.assessments.models import Attempt, CompetencyResult, Response
from lms.assessments.types import Suggestion
from question_bank.interactions import building
from tests.lms.assessments.reading import SCRIPT, Reader, hidden_of
from tests.lms.assessments.taking import INTERACTIONS, Taker

MAIN, TITLE = re.compile(r"<main.*</main>", re.DOTALL), re.compile(r"<title>(.*)</title>")
SAYS_ALREADY = "Cette situation avait déjà sa réponse"


@pytest.fixture
def reader(bank: None) -> Reader:
    """Someone who has just opened a placement."""
    return Reader().begin()


def has(page: object, text: str) -> bool:
    """Say whether a page holds a text."""
    return text in page.content.decode()  # type: ignore[attr-defined]


def test_a_whole_sitting_ends_at_the_profile_with_every_answer_once(reader: Reader) -> None:
    while reader.hidden:
        reader.answer()
    attempt = Attempt.objects.get()
    assert attempt.state == Attempt.State.FINISHED
    assert [response.position for response in reader.responses] == list(range(1, attempt.position + 1))
    items = [response.item_version_id for response in reader.responses]
    assert len(set(items)) == len(items)
    assert reader.look()["Location"].endswith("/profil")
    for page in ("profil", "profil.json", "reponses"):
        assert reader.client.get(reader.address + page).status_code == 200
    assert not reader.client.cookies


def check_double_click(reader: Reader) -> None:
    """Two requests, one answer, the same next page."""
    fields = reader.fields()
    first, second = reader.send(fields), reader.send(fields)
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert first.status_code == 303
    assert not has(reader.client.get(second["Location"]), SAYS_ALREADY)
    assert len(reader.responses) == 1


def test_a_double_click_is_one_answer(reader: Reader) -> None:
    check_double_click(reader)


def test_mutant_that_forgets_keys_takes_a_double_click_for_a_late_answer(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectors, "response_by_key", lambda attempt, key: None)
    with pytest.raises(AssertionError):
        check_double_click(reader)


def test_a_reload_shows_the_same_page_and_writes_nothing(reader: Reader) -> None:
    before = list(Attempt.objects.values_list())
    assert reader.look().content == reader.look().content
    assert list(Attempt.objects.values_list()) == before


@pytest.mark.parametrize("headers", [{}, SCRIPT])
def test_the_back_button_and_another_answer_follow_the_server(reader: Reader, headers: dict[str, str]) -> None:
    """Also what two tabs do: the second one sends what the first one already answered."""
    behind = [*reader.hidden.items(), ("unknown", "1")]
    reader.answer()
    kept = Response.objects.values_list("answer").get()
    sent = reader.send(behind, **headers)
    page = sent if headers else reader.client.get(sent["Location"])
    assert sent.status_code == (409 if headers else 303)
    assert has(page, SAYS_ALREADY)
    assert has(page, reader.hidden["item"])
    assert Response.objects.values_list("answer").get() == kept


@pytest.mark.parametrize("headers", [{}, SCRIPT])
def test_the_back_button_and_the_same_answer_lead_where_one_is(reader: Reader, headers: dict[str, str]) -> None:
    behind = reader.fields()
    reader.answer()
    reader.answer()
    sent = reader.send(behind, **headers)
    page = sent if headers else reader.client.get(sent["Location"])
    assert page.status_code == 200
    assert has(page, reader.hidden["item"])
    assert len(reader.responses) == 2


def test_with_javascript_an_answer_is_one_exchange(reader: Reader) -> None:
    first = reader.hidden["item"]
    page = reader.send(reader.fields(), **SCRIPT)
    assert (page.status_code, has(page, first), has(page, 'name="key"')) == (200, False, True)
    assert page["Content-Location"] == reader.address


def test_what_stands_around_a_situation_does_not_come_again(reader: Reader) -> None:
    sent = reader.send(reader.fields(), **SCRIPT)
    alone, whole = sent.content.decode(), reader.client.get(reader.address).content.decode()
    assert MAIN.findall(alone) == MAIN.findall(whole) != []
    assert TITLE.findall(alone) == TITLE.findall(whole) == ["Situation 2 – Socle"]
    assert "<header" in whole and "<header" not in alone
    assert len(alone) < len(whole)


def test_two_tabs_show_the_same_form(reader: Reader) -> None:
    other = Reader(client=Client(), address=reader.address)
    other.look()
    assert other.hidden == reader.hidden


def test_training_explains_each_answer_once_it_is_given(bank: None) -> None:
    reader = Reader().begin("training")
    assert reader.client.get(reader.address + "explication/1")["Location"] == reader.address
    fields = reader.fields()
    for _ in range(2):
        sent = reader.send(fields)
        assert sent["Location"].endswith("/explication/1")
    assert reader.client.get(sent["Location"]).status_code == 200
    assert reader.client.get(reader.address + "explication/2")["Location"] == reader.address


def test_a_placement_explains_nothing_before_its_end(reader: Reader) -> None:
    reader.answer()
    for end in ("explication/1", "reponses", "profil", "profil.json", "profil.pdf"):
        assert reader.client.get(reader.address + end)["Location"] == reader.address


def test_the_page_its_pdf_and_its_data_lead_to_the_same_modules(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    advised = [Suggestion(f"Module {n}", f"/parcours/m{n}/", 8, 1, f"Raison {n}.", "fr") for n in range(4)]
    monkeypatch.setattr(contributions, "_suggestions", [lambda standing, language: advised])
    while reader.hidden:
        reader.answer()
    page = reader.client.get(reader.address + "profil").content.decode()
    document = PdfReader(io.BytesIO(reader.client.get(reader.address + "profil.pdf").content))
    data = reader.client.get(reader.address + "profil.json").json()
    three = ["Module 0", "Module 1", "Module 2"]
    for told in (page, " ".join(sheet.extract_text() for sheet in document.pages)):
        assert [one.title for one in advised if one.title in told] == three
        assert "Raison 2." in told
        assert data["next_steps"][0]["reason"] not in told
    assert [one["title"] for one in data["modules"]] == three


def test_steps_come_from_three_domains_while_none_is_told_from_another(reader: Reader) -> None:
    while reader.hidden:
        reader.answer()
    results = CompetencyResult.objects.filter(attempt__token=reader.token)
    results.filter(scope="competency", code__startswith="D5").update(score=5, low=0, high=900)
    results.filter(scope="domain").update(score=500, low=300, high=700)
    data = reader.client.get(reader.address + "profil.json").json()
    assert len({step["domain_number"] for step in data["next_steps"]}) == 3
    results.filter(scope="domain", code="D5").update(score=100, low=50, high=200)
    data = reader.client.get(reader.address + "profil.json").json()
    assert max(Counter(step["domain_number"] for step in data["next_steps"]).values()) == 2


def test_what_came_before_is_told_of_the_whole_too(bank: None) -> None:
    client = Client()
    client.force_login(User.objects.create_user("lina@demo.example"))
    first, second = (Taker(client=client).start("placement").finish() for _ in range(2))
    CompetencyResult.objects.filter(attempt__token=first.token, scope="overall").update(score=321, low=210, high=432)
    page = client.get(f"/evaluation/s/{second.token}/profil").content.decode()
    assert re.search("Avant, le [^<:]+\u00a0: 321, entre 210 et 432", page)
    assert '<td data-word="avant">321, entre 210 et 432</td>' in page
    assert len(re.findall(r'<td data-word="avant">\d+, entre \d+ et \d+</td>', page)) == 6
    document = PdfReader(io.BytesIO(client.get(f"/evaluation/s/{second.token}/profil.pdf").content))
    assert "321, entre 210 et 432" in " ".join(document.pages[0].extract_text().split())
    assert "Avant" not in client.get(f"/evaluation/s/{first.token}/profil").content.decode()


def test_an_answer_to_a_finished_attempt_leads_to_its_profile(reader: Reader) -> None:
    fields = reader.fields()
    while reader.hidden:
        reader.answer()
    for sent in (reader.send(fields), reader.send([("item", "a"), ("key", "k"), ("unknown", "1")])):
        assert sent.status_code == 303
        assert reader.client.get(sent["Location"], follow=True).request["PATH_INFO"].endswith("/profil")


def test_a_get_on_the_address_of_answers_leads_to_the_item(reader: Reader) -> None:
    assert reader.client.get(f"{reader.address}reponse")["Location"] == reader.address


# The form again


@pytest.mark.parametrize("interaction", INTERACTIONS)
def test_an_empty_answer_shows_the_form_again_with_a_sentence(bank: None, interaction: str) -> None:
    taker = Taker().start().meet(interaction)
    reader = Reader(address=f"/evaluation/s/{taker.token}/")
    reader.look()
    for headers in ({}, SCRIPT):
        again = reader.send(list(reader.hidden.items()), **headers)
        assert again.status_code == 422
        assert 'class="error"' in again.content.decode()
        assert has(again, reader.hidden["key"])
    assert not reader.responses
    assert reader.answer().status_code == 200


@pytest.mark.parametrize("text", ["a\u0000b", "é" * 501, "<script>alert(1)</script>" * 40, "\u202e" * 600, "😀" * 600])
def test_what_was_typed_is_given_back(bank: None, text: str) -> None:
    reader = Reader(address=f"/evaluation/s/{Taker().start().meet('text').token}/")
    reader.look()
    again = reader.send([*reader.hidden.items(), ("text", text)])
    assert again.status_code == 422
    assert not has(again, "<script>alert")
    assert text.replace("<", "&lt;").replace(">", "&gt;") in again.content.decode()
    assert not reader.responses


@pytest.mark.parametrize("text", ["😀👩‍⚕️", "\u202eאבג\u202c", "é" * 500, "<b>", "%s"])
def test_what_can_be_kept_is_kept_as_it_is(bank: None, text: str) -> None:
    reader = Reader(address=f"/evaluation/s/{Taker().start().meet('text').token}/")
    reader.look()
    assert reader.send([*reader.hidden.items(), ("text", text)]).status_code == 303
    assert reader.responses[0].answer["value"] == text


@pytest.mark.parametrize("key", ["", "\u0000", "a" * 500, "é", "\ud83d", "a b"])
def test_whatever_the_hidden_key_became_the_answer_is_taken_once(reader: Reader, key: str) -> None:
    fields = [(name, value) for name, value in reader.fields() if name != "key"]
    body = [*fields, ("key", key.encode("utf-8", "surrogatepass").decode("latin-1"))]
    assert [reader.send(body).status_code for _ in range(2)] == [303, 303]
    assert len(reader.responses) == 1


@pytest.mark.parametrize(
    "fields",
    [[], [("item", "\u0000")], [("key", "k")], [("choices", "a")] * 900, [("\u0000", "\u0000")], [("x", "y")] * 1_500],
    ids=["nothing", "NUL", "key", "many", "odd", "too many"],
)
def test_a_form_that_is_not_ours_writes_nothing(reader: Reader, fields: list[tuple[str, str]]) -> None:
    sent = reader.send(fields)
    assert sent.status_code in {303, 400, 422}
    assert not reader.responses


def test_a_broken_multipart_form_writes_nothing(reader: Reader) -> None:
    sent = reader.client.post(f"{reader.address}reponse", b"--x\r\nbroken", "multipart/form-data; boundary=y")
    assert sent.status_code in {400, 422}
    assert not reader.responses


def test_what_is_no_answer_is_told_so_beside_the_question(reader: Reader) -> None:
    sent = reader.send([("text", "prévenir")])
    assert sent.status_code == 422
    assert has(sent, "n’a pas la forme d’une réponse")
    assert hidden_of(sent) == reader.hidden


def test_an_answer_to_another_situation_is_told_so(reader: Reader) -> None:
    sent = reader.send([*reader.hidden.items(), ("item", "nowhere")])
    assert sent.status_code == 303
    assert has(reader.client.get(sent["Location"]), "n’était pas pour la situation")


@pytest.mark.parametrize("end", ["", "profil", "profil.pdf", "profil.json", "reponses", "explication/1"])
def test_a_page_to_read_takes_nothing_and_says_which_methods_it_has(reader: Reader, end: str) -> None:
    for method in ("post", "put", "patch", "delete"):
        refused = getattr(reader.client, method)(reader.address + end)
        assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD")


def test_an_answer_is_posted_and_by_no_other_method(reader: Reader) -> None:
    for end in ("reponse", "geste"):
        assert reader.client.get(reader.address + end)["Location"] == reader.address
        for method in ("put", "patch", "delete"):
            assert getattr(reader.client, method)(reader.address + end).status_code == 405
    assert not reader.responses


# Whose, and from where


def test_an_owned_attempt_is_a_404_for_anyone_else(bank: None) -> None:
    owner, other = (User.objects.create_user(f"{name}@demo.example") for name in ("lina", "other"))
    reader, stranger = Reader(), Client()
    reader.client = Client()
    reader.client.force_login(owner)
    stranger.force_login(other)
    reader.begin()
    ends = ("", "profil", "profil.pdf", "profil.json", "reponses", "garder", "effacer", "signaler/1", "explication/1")
    for client in (Client(), stranger):
        assert {client.get(reader.address + end).status_code for end in ends} == {404}
        writes = ("reponse", "garder", "effacer", "signaler/1")
        assert {client.post(reader.address + end).status_code for end in writes} == {404}
    assert reader.answer().status_code == 200


def test_another_site_may_not_send_a_form(reader: Reader) -> None:
    fields = reader.fields()
    assert reader.send(fields, Origin="https://elsewhere.example").status_code == 403
    assert reader.client.post("/evaluation/placement/commencer", headers={"Origin": "null"}).status_code == 403
    assert not reader.responses
    assert Attempt.objects.count() == 1


def test_no_anonymous_page_sets_a_cookie(reader: Reader) -> None:
    reader.answer()
    ends = ("", "?deja=1", "profil", "reponses", "garder", "effacer", "signaler/1", "explication/1", "nowhere")
    pages = [reader.address + end for end in ends] + ["/evaluation/", "/evaluation/placement/", "/evaluation/s/x/"]
    for page in pages:
        for address in (page, "/en" + page):
            assert not reader.client.get(address).cookies, address
    assert not reader.client.cookies


def test_an_english_sitting_says_that_items_are_in_french_and_marks_them(
    bank: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "WORDINGS", ("fr",))
    reader = Reader(prefix="/en").begin()
    assert has(reader.client.get("/en/evaluation/placement/"), 'class="note sun"')
    assert not has(reader.client.get("/evaluation/placement/"), 'class="note sun"')
    page = reader.look()
    assert has(page, 'lang="fr"')
    assert has(page, 'lang="en"')
    assert reader.answer().status_code == 200


def test_the_key_of_the_form_is_the_same_in_every_tab_and_another_at_each_step(reader: Reader) -> None:
    keys = [reader.hidden["key"]]
    reader.answer()
    keys.append(reader.hidden["key"])
    assert keys == [delivery.form_key(Attempt.objects.get(), position) for position in (1, 2)]
    assert len(set(keys)) == 2


def test_a_level_that_follows_from_other_answers_is_said_to(bank: None) -> None:
    """A short attempt does not meet every competency: what is said of the others is marked, on the page and in data."""
    taker = Taker().start("training").finish()
    address = f"/evaluation/s/{taker.token}/profil"
    page, data = Client().get(address).content.decode(), Client().get(f"{address}.json").json()
    unmet = [line["key"] for line in data["competencies"] if not line["is_met"]]
    assert 0 < len(unmet) < len(data["competencies"])
    assert page.count("(déduit)") == len(unmet)
    assert "aucune situation n’en parlait" in page


def test_the_last_explanation_leads_to_the_result(bank: None) -> None:
    taker = Taker().start("training").finish()
    last = len(taker.responses)
    for position, words in ((last - 1, "Situation suivante"), (last, "Voir mon résultat")):
        page = Client().get(f"/evaluation/s/{taker.token}/explication/{position}").content.decode()
        assert words in page, position


def test_a_report_made_while_training_leads_back_to_its_explanation(bank: None) -> None:
    taker = Taker().start("training")
    taker.answer()
    page = Client().get(f"/evaluation/s/{taker.token}/signaler/1")
    assert has(page, f'href="/evaluation/s/{taker.token}/explication/1"')


def test_one_may_erase_everything_in_the_middle_of_a_sitting(reader: Reader) -> None:
    assert has(reader.look(), f'href="{reader.address}effacer"')
    assert has(reader.client.get(f"{reader.address}effacer"), "<form")


@pytest.mark.parametrize("headers", [{}, SCRIPT])
def test_the_title_of_a_form_shown_again_says_so(reader: Reader, headers: dict[str, str]) -> None:
    sent = reader.send(list(reader.hidden.items()), **headers)
    title = TITLE.search(sent.content.decode())
    assert title and title[1].startswith("À compléter – Situation 1")


def test_wishes_go_with_the_reader_to_their_account(bank: None) -> None:
    taker = Taker().start("training").finish()
    address = f"/evaluation/s/{taker.token}/"
    assert has(Client().get(f"{address}profil?p=geant"), f"{address}garder?p=geant")
    keep = Client().get(f"{address}garder?p=geant").content.decode()
    for door in ("login", "signup"):
        assert f"/compte/{door}/?next=%2Fevaluation%2Fs%2F{taker.token}%2Fgarder%3Fp%3Dgeant&amp;p=geant" in keep


@pytest.mark.parametrize(
    ("left", "said"),
    [(0, "presque la fin"), (1, "encore une ou deux"), (2, "environ 2 encore"), (9, "environ 9 encore")],
)
def test_what_is_left_is_an_estimate_and_is_said_so(reader: Reader, left: int, said: str) -> None:
    Attempt.objects.update(remaining=left)
    assert has(reader.look(), f"Situation 1, {said}")
