"""The screens of /cms/, as each role meets them."""

import html
import json
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.users.models import UserProfile

import question_bank
from kernel.models import AuditEntry
from question_bank.authoring import labels, selectors, writing
from question_bank.authoring.models import ItemDraft, Stage
from question_bank.models import Item
from tests.question_bank.authoring.posting import form_data
from tests.question_bank.samples import KINDS, item, write

pytestmark = pytest.mark.django_db
People = dict[str, Any]
Enter = Callable[[str], Client]
SPACE = "wagtailsnippets_question_bank_itemdraft"


def url(name: str, *args: Any) -> str:
    return reverse(f"{SPACE}:{name}", args=args)


def words(response: Any) -> str:
    """The text of a page, without its tags."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


ROLES = {
    # screen: who gets it
    "list": {"ines", "hugo", "lea", "both", "root"},
    "inspect": {"ines", "hugo", "lea", "both", "root"},
    "seen": {"ines", "hugo", "lea", "both", "root"},
    "history": {"ines", "hugo", "lea", "both", "root"},
    "edit": {"ines", "both", "root"},
    "add": {"ines", "both", "root"},
    "delete": set[str](),
    "unpublish": set[str](),
}


@pytest.mark.parametrize("name", ["ines", "hugo", "lea", "both", "root", "nobody"])
def test_each_role_meets_its_own_screens(enter: Enter, one: ItemDraft, name: str) -> None:
    client = enter(name)
    for screen, allowed in ROLES.items():
        address = url(screen) if screen in ("list", "add") else url(screen, one.pk)
        status = client.get(address).status_code
        assert (status == 200) == (name in allowed), (screen, name, status)


def test_somebody_without_a_role_is_sent_to_the_door(client: Client, one: ItemDraft) -> None:
    assert client.get(url("list")).status_code == 302
    assert client.get(url("seen", one.pk)).status_code == 302


@pytest.mark.parametrize("kind", KINDS)
def test_every_interaction_is_edited_previewed_and_read(enter: Enter, people: People, now: datetime, kind: str) -> None:
    draft = writing.create_draft(content=item(kind, "item-mine"), author=people["ines"], now=now)
    client = enter("ines")
    assert client.get(url("edit", draft.pk)).status_code == 200
    assert "Un compte rendu" in words(client.get(url("inspect", draft.pk)))
    page = client.get(url("seen", draft.pk), {"mode": "professional.fr"})
    assert "professionnels, français" in words(page)
    assert "Lesquels de ces gestes" in words(page)
    drawn = draft.make_preview_request(page.wsgi_request, "professional.fr")
    assert "frame-ancestors 'self';" in drawn.headers["Content-Security-Policy"] + ";"
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("kind", KINDS)
def test_saving_the_form_as_it_is_changes_nothing(enter: Enter, people: People, now: datetime, kind: str) -> None:
    draft = writing.create_draft(content=item(kind, "item-mine"), author=people["ines"], now=now)
    response = enter("ines").post(url("edit", draft.pk), form_data(selectors.latest_content(draft)))
    assert response.status_code == 302, words(response)
    assert draft.revisions.count() == 1


def test_an_item_is_written_submitted_and_published_from_the_screens(enter: Enter, people: People) -> None:
    client = enter("ines")
    response = client.post(url("add"), form_data(item(key="item-mine")))
    assert response.status_code == 302, response.context["form"].errors
    draft = ItemDraft.objects.get(key="item-mine")
    assert response["Location"] == url("edit", draft.pk)
    content = selectors.latest_content(draft)
    data = form_data(content, fr_title="Un titre neuf") | {"action-submit": "1"}
    assert client.post(url("edit", draft.pk), data).status_code == 302
    draft.refresh_from_db()
    assert (draft.stage, draft.title) == (Stage.UNDER_REVIEW, "Un titre neuf")
    client = enter("hugo")
    assert "Un titre neuf" in words(client.get(reverse("wagtailadmin_home")))
    assert "Approuver et publier" in words(client.get(url("inspect", draft.pk)))
    assert client.post(url("inspect", draft.pk), {"act": "approve"}).status_code == 302
    assert Item.objects.get(key="item-mine").current_version.content["fr"]["title"] == "Un titre neuf"


def test_a_draft_is_saved_with_holes_and_its_form_says_which(enter: Enter, people: People, now: datetime) -> None:
    client = enter("ines")
    begun = {"key": "item-mine", "interaction": "single_choice", "fr": {"title": "Un début"}}
    response = client.post(url("add"), form_data(begun))
    draft = ItemDraft.objects.get(key="item-mine")
    assert response.status_code == 302
    page = words(client.get(url("edit", draft.pk)))
    assert "points à régler avant la publication" in page
    assert "français, question – à remplir" in page
    assert "L’aperçu viendra" in words(client.get(url("seen", draft.pk)))


def test_the_gates_speak_beside_their_field_and_keep_the_text(enter: Enter, people: People, one: ItemDraft) -> None:
    content = selectors.latest_content(one)
    data = form_data(
        content, fr_title="Un autre titre", fr_question='Faites-vous "cela"\u00a0?', review_by="2031-01-01"
    )
    response = enter("ines").post(url("edit", one.pk), data | {"action-submit": "1"})
    errors = response.context["form"].errors
    assert set(errors) == {"fr_question", "review_by"}
    assert "« »" in str(errors["fr_question"]).replace("\u00a0", " ")
    assert "Un autre titre" in response.content.decode()
    assert "2 points à régler avant la publication" in words(response)
    assert "français, question" in words(response)
    one.refresh_from_db()
    assert (one.stage, one.revisions.count()) == (Stage.PUBLISHED, 0)


def test_french_typography_is_put_in_when_saving(enter: Enter, people: People, one: ItemDraft) -> None:
    content = selectors.latest_content(one)
    data = form_data(content, fr_question="Que faites-vous ?", fr_feedback="Notez l'essentiel... « ceci » ; puis cela!")
    enter("ines").post(url("edit", one.pk), data)
    one.refresh_from_db()
    kept = selectors.latest_content(one)["fr"]
    assert kept["question"] == "Que faites-vous\u00a0?"
    assert kept["feedback"] == "Notez l’essentiel… «\u00a0ceci\u00a0»\u00a0; puis cela\u00a0!"


def a_simulation() -> dict[str, Any]:
    """A scenario of the bank, under a key of its own."""
    file = Path(question_bank.__file__).parent / "content" / "D2.C3" / "plus-de-dossier-informatise.yaml"
    told = json.dumps(yaml.safe_load(file.read_text(encoding="utf-8")), default=str)
    return {**json.loads(told), "key": "item-mine", "status": "draft"}


def test_a_simulation_is_played_in_its_preview(enter: Enter, people: People, now: datetime) -> None:
    client = enter("ines")
    draft = writing.create_draft(content=a_simulation(), author=people["ines"], now=now)
    first = client.get(url("seen", draft.pk))
    sent = re.search(r'<button[^>]* name="gesture" value="([^"]+)"', first.content.decode())
    assert sent
    assert "J’ai terminé" in words(first)
    after = words(client.get(url("seen", draft.pk), {"gesture": [sent[1], "nothing at all"]}))
    assert "Fait" in after
    assert "1 geste fait" in after.replace("\u00a0", " ")
    assert "Recommencer" in after


def test_a_structured_text_that_cannot_be_read_names_its_line(enter: Enter, people: People, now: datetime) -> None:
    draft = writing.create_draft(content=item("number", "item-mine"), author=people["ines"], now=now)
    data = form_data(selectors.latest_content(draft), answer="value: 72\nunit: [h")
    response = enter("ines").post(url("edit", draft.pk), data)
    assert "Ligne" in str(response.context["form"].errors["answer"])
    assert "unit: [h" in response.content.decode()
    data = form_data(selectors.latest_content(draft), answer="value: 72\nunit: siècles\n") | {"action-submit": "1"}
    response = enter("ines").post(url("edit", draft.pk), data)
    assert "Ligne 2" in str(response.context["form"].errors["answer"])


def test_each_field_is_drawn_once(enter: Enter, one: ItemDraft) -> None:
    page = enter("ines").get(url("edit", one.pk))
    names = [name for name in page.context["form"].fields if not name.endswith(("_choices", "_artefact"))]
    drawn = {
        name: len(re.findall(rf'<(?:input|textarea|select)[^>]* name="{name}"', page.content.decode()))
        for name in names
    }
    assert drawn["base"] == 1
    assert {name: count for name, count in drawn.items() if count != 1} == {
        "audiences": 3,
        "professions": len(labels.professions()),
    }
    blocks = [name for name in page.context["form"].fields if name not in names]
    assert [page.content.decode().count(f'id="{name}" data-block') for name in blocks] == [1] * 6


def test_two_right_answers_to_a_single_choice_are_refused(enter: Enter, one: ItemDraft) -> None:
    data = form_data(selectors.latest_content(one)) | {"fr_choices-0-value-is_key": "on", "action-submit": "1"}
    response = enter("ines").post(url("edit", one.pk), data)
    assert "une seule réponse" in str(response.context["form"].errors["fr_choices"])


def test_the_second_of_two_editors_gets_a_comparison(
    enter: Enter, people: People, one: ItemDraft, now: datetime
) -> None:
    content = selectors.latest_content(one)
    mine = form_data(content, fr_title="Le titre de Jean")
    theirs = {**content, "fr": {**content["fr"], "title": "Le titre d’Inès"}}
    writing.save_draft(draft_id=one.pk, content=theirs, base=selectors.base_of(one), author=people["ines"], now=now)
    client = enter("jean")
    response = client.post(url("edit", one.pk), mine)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Quelqu’un a enregistré pendant que vous écriviez" in page
    assert "Le titre de Jean" in page
    assert "d’Inès" in words(response)
    assert one.revisions.count() == 1
    again = client.post(url("edit", one.pk), mine | {"base": response.context["form"]["base"].value()})
    assert again.status_code == 302
    assert [revision.as_object().content["fr"]["title"] for revision in one.revisions.order_by("pk")] == [
        "Le titre d’Inès", "Le titre de Jean",
    ]  # fmt: skip


def test_a_form_without_what_it_began_from_saves_nothing(enter: Enter, one: ItemDraft) -> None:
    data = form_data(selectors.latest_content(one), base="", fr_title="À l’aveugle")
    assert enter("jean").post(url("edit", one.pk), data).status_code == 409
    assert one.revisions.count() == 0


@pytest.mark.parametrize("action", ["action-publish", "action-unpublish", "action-workflow-action"])
def test_the_buttons_of_wagtail_that_are_not_shown_do_not_work_either(
    enter: Enter, people: People, now: datetime, action: str
) -> None:
    draft = writing.create_draft(content=item(key="item-mine"), author=people["ines"], now=now)
    page = enter("root").get(url("edit", draft.pk)).content.decode()
    assert "action-publish" not in page
    data = form_data(selectors.latest_content(draft)) | {action: "1", "workflow-action-name": "approve"}
    enter("root").post(url("edit", draft.pk), data)
    assert not Item.objects.exists()
    assert enter("root").post(url("unpublish", draft.pk)).status_code != 200


def test_what_is_under_review_is_read_not_written(enter: Enter, people: People, one: ItemDraft, now: datetime) -> None:
    writing.submit_draft(draft_id=one.pk, author=people["ines"], now=now)
    client = enter("jean")
    data = form_data(selectors.latest_content(one), fr_title="Trop tard")
    client.post(url("edit", one.pk), data)
    assert one.revisions.count() == 1
    assert client.post(url("inspect", one.pk), {"act": "withdraw"}).status_code == 302
    assert ItemDraft.objects.get(pk=one.pk).stage == Stage.UNDER_REVISION


def test_an_author_and_a_reader_cannot_decide(enter: Enter, people: People, one: ItemDraft, now: datetime) -> None:
    writing.submit_draft(draft_id=one.pk, author=people["ines"], now=now)
    for name in ("ines", "lea", "both"):
        draft = ItemDraft.objects.get(pk=one.pk)
        response = enter(name).post(url("inspect", draft.pk), {"act": "approve"})
        assert (response.status_code == 302) == (name == "both"), name
    assert Item.objects.get(key="item-one").current_version.number == 1


def test_a_refusal_without_a_word_keeps_the_page(enter: Enter, people: People, one: ItemDraft, now: datetime) -> None:
    writing.submit_draft(draft_id=one.pk, author=people["ines"], now=now)
    client = enter("hugo")
    response = client.post(url("inspect", one.pk), {"act": "refuse", "comment": " "})
    assert response.status_code == 422
    assert "ce qui est à reprendre" in words(response)
    client.post(url("inspect", one.pk), {"act": "refuse", "comment": "La source a changé."})
    assert "La source a changé." in words(client.get(url("inspect", one.pk)))
    assert client.post(url("inspect", one.pk), {"act": "dance"}).status_code == 400


def test_an_older_revision_is_taken_up_as_a_new_one(
    enter: Enter, people: People, one: ItemDraft, now: datetime
) -> None:
    for title in ("Premier titre", "Second titre"):
        content = selectors.latest_content(one)
        content["fr"]["title"] = title
        writing.save_draft(
            draft_id=one.pk, content=content, base=selectors.base_of(one), author=people["ines"], now=now
        )
        one.refresh_from_db()
    client, first = enter("jean"), one.revisions.order_by("pk")[0]
    address = url("revisions_revert", one.pk, first.pk)
    page = client.get(address)
    assert "Premier titre" in page.content.decode()
    data = form_data(first.as_object().content, base=page.context["form"]["base"].value())
    assert client.post(address, data).status_code == 302
    one.refresh_from_db()
    assert (one.title, one.revisions.count(), one.stage) == ("Premier titre", 3, Stage.UNDER_REVISION)
    assert client.post(address, data | {"fr_title": "Trop tard", "base": "before"}).status_code == 409


def test_a_lock_is_taken_and_given_back_with_a_trace(enter: Enter, people: People, one: ItemDraft) -> None:
    client = enter("ines")
    client.post(url("lock", one.pk))
    assert ItemDraft.objects.get(pk=one.pk).locked_by == people["ines"]
    assert client.post(url("unlock", one.pk)).status_code == 302
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == ["item.locked", "item.unlocked"]
    assert enter("hugo").post(url("lock", one.pk)).status_code == 302
    assert ItemDraft.objects.get(pk=one.pk).locked is False


def test_revisions_are_compared_field_by_field(enter: Enter, people: People, one: ItemDraft, now: datetime) -> None:
    content = selectors.latest_content(one)
    content["fr"]["choices"][1]["rationale"] = "Une autre raison."
    writing.save_draft(draft_id=one.pk, content=content, base=selectors.base_of(one), author=people["ines"], now=now)
    page = words(enter("hugo").get(url("revisions_compare", one.pk, "live", "latest")))
    assert "français, choix 2, explication" in page
    assert "Une autre raison." in page.replace(" .", ".")


def test_the_list_costs_the_same_for_any_number_of_items(enter: Enter, loaded: Path, now: datetime) -> None:
    from question_bank import api

    client = enter("ines")
    ItemDraft.objects.get(key="item-one").tags.add("vu")
    client.get(url("list"))
    few = queries(client)
    api.load_items(now=now, path=write(loaded, *(item(key=f"more-{n}") for n in range(20))))
    for draft in ItemDraft.objects.all():
        draft.tags.add("vu", "revu")
    assert queries(client) == few
    assert len(client.get(url("list")).context["object_list"]) == 23


def queries(client: Client) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(url("list")).status_code == 200
    return len(found)


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ({"q": "compte"}, {"item-one", "item-two", "item-new"}),
        ({"q": "item-two"}, {"item-two"}),
        ({"q": "introuvable"}, set[str]()),
        ({"competency": "D3.C1"}, {"item-one", "item-two", "item-new"}),
        ({"competency": "D1.C1"}, set[str]()),
        ({"capacity": "D3.C1.K2"}, {"item-one", "item-two", "item-new"}),
        ({"difficulty": "2"}, {"item-one", "item-two", "item-new"}),
        ({"difficulty": "4"}, set[str]()),
        ({"interaction": "order"}, {"item-two"}),
        ({"audience": "student"}, {"item-one", "item-two", "item-new"}),
        ({"audience": "citizen"}, set[str]()),
        ({"language": "en"}, {"item-one"}),
        ({"language": "plain"}, set[str]()),
        ({"stage": "draft"}, {"item-new"}),
        ({"stage": "published"}, {"item-one", "item-two"}),
        ({"review_by": "2020-01-01"}, set[str]()),
        ({"review_by": "2040-01-01"}, {"item-one", "item-two", "item-new"}),
        ({"tag": "Urgent"}, {"item-one"}),
        ({"mine": "true"}, {"item-two"}),
        ({"stage": "published", "interaction": "single_choice"}, {"item-one"}),
    ],
)
def test_the_list_is_searched_and_filtered(
    enter: Enter, people: People, loaded: Path, query: dict[str, str], keys: set[str]
) -> None:
    ItemDraft.objects.get(key="item-one").tags.add("urgent")
    ItemDraft.objects.filter(key="item-two").update(author=people["ines"])
    response = enter("ines").get(url("list"), query)
    assert {draft.key for draft in response.context["object_list"]} == keys


def test_several_are_retired_and_tagged_at_once(enter: Enter, people: People, loaded: Path) -> None:
    from question_bank import api

    ids = list(ItemDraft.objects.filter(key__in=["item-one", "item-two"]).values_list("pk", flat=True))
    client = enter("ines")
    query = "?" + "&".join(f"id={pk}" for pk in ids)
    tag = reverse("wagtail_bulk_action", args=["question_bank", "itemdraft", "tag"])
    retire = reverse("wagtail_bulk_action", args=["question_bank", "itemdraft", "retire"])
    assert "Un compte rendu" in words(client.get(tag + query))
    assert client.post(tag + query, {"tags": "à revoir, RGPD"}).status_code == 302
    assert sorted(ItemDraft.objects.get(pk=ids[0]).tags.names()) == ["RGPD", "à revoir"]
    assert client.post(retire + query).status_code == 302
    assert set(Item.objects.filter(draft__pk__in=ids).values_list("status", flat=True)) == {"retired"}
    assert api.release(api.current_release_id()).entries == ()
    assert AuditEntry.objects.filter(action="item.retired").count() == 2
    client = enter("lea")
    assert client.post(retire + f"?id={ItemDraft.objects.get(key='item-new').pk}").status_code != 200
    assert ItemDraft.objects.get(key="item-new").stage == Stage.DRAFT


@pytest.mark.parametrize("name", ["ines", "root"])
def test_nobody_is_offered_to_delete_several(enter: Enter, one: ItemDraft, name: str) -> None:
    client = enter(name)
    page = client.get(url("list")).content.decode()
    assert "/itemdraft/retire/" in page and "/itemdraft/delete/" not in page
    delete = reverse("wagtail_bulk_action", args=["question_bank", "itemdraft", "delete"])
    assert client.post(f"{delete}?id={one.pk}").status_code == 404
    assert ItemDraft.objects.filter(pk=one.pk).exists()


def test_the_list_names_the_authors(enter: Enter, people: People, one: ItemDraft) -> None:
    ItemDraft.objects.filter(pk=one.pk).update(author=people["ines"])
    people["ines"].first_name, people["ines"].last_name = "Inès", "Roche"
    people["ines"].save()
    page = words(enter("hugo").get(url("list")))
    assert "Auteur" in page and "Inès Roche" in page


def test_what_is_due_comes_back_to_its_author(
    enter: Enter, people: People, loaded: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ItemDraft.objects.filter(key="item-one").update(
        author=people["ines"], review_by=now.date(), title="Échue, la mienne"
    )
    ItemDraft.objects.filter(key="item-two").update(author=people["jean"], review_by=now.date(), title="Échue, de Jean")
    home = words(enter("ines").get(reverse("wagtailadmin_home")))
    assert "À relire" in home
    assert "Échue, la mienne" in home
    assert "Échue, de Jean" not in home
    assert "Échue" not in words(enter("lea").get(reverse("wagtailadmin_home")))


def test_the_screens_speak_english(enter: Enter, people: People, one: ItemDraft) -> None:
    client = enter("ines")
    UserProfile.objects.create(user=people["ines"], preferred_language="en")
    page = words(client.get(url("edit", one.pk)))
    assert "Identify a user or a health professional" in page
    assert "Save draft" in page


def test_an_item_whose_rule_has_ended_is_flagged(enter: Enter, one: ItemDraft) -> None:
    client = enter("ines")
    assert "plus valable" not in words(client.get(url("list")))
    ItemDraft.objects.filter(pk=one.pk).update(valid_to=date(2020, 1, 1))
    assert words(client.get(url("list"))).count("n’est plus valable") == 1
    assert "a cessé de s’appliquer" in words(client.get(url("inspect", one.pk)))
    assert "n’est plus servie" in words(client.get(reverse("wagtailadmin_home")))
