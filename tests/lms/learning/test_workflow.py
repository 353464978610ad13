"""From an author to readers: gates in words, another person, a day to come, a translation."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Revision, TaskState, Workflow
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from kernel.models import AuditEntry
from lms.accounts.api import User
from lms.learning import reviewing, tasks
from lms.learning.models import CataloguePage, Module, ModulePage
from lms.learning.models.reviewing import SecondPersonNeeded
from lms.learning.services import prepare_editing, write_module
from question_bank import api as bank_api
from tests.lms.learning import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(bank: None) -> dict[str, Any]:
    """An author, two reviewers, somebody who is both, a superuser; a published module they work on."""
    samples.make()
    bank_api.prepare_authoring()
    prepare_editing()
    prepare_editing()
    groups = {
        "ines": [bank_api.AUTHORS],
        "hugo": [bank_api.REVIEWERS],
        "both": [bank_api.AUTHORS, bank_api.REVIEWERS],
        "lea": [bank_api.READERS],
    }
    found: dict[str, Any] = {}
    for name, names in groups.items():
        found[name] = User.objects.create_user(f"{name}@demo.example", None)
        found[name].groups.set(Group.objects.filter(name__in=names).order_by("pk"))
    return found | {"root": User.objects.create_superuser("root@demo.example", None)}


def page(language: str = "fr") -> ModulePage:
    return ModulePage.objects.get(slug="verifier-identite", locale__language_code=language)


def submitted(author: Any, **changes: Any) -> TaskState:
    """Let `author` change the page and submit it."""
    found = page()
    for name, value in ({"title": "Relu à deux"} | changes).items():
        setattr(found, name, value)
    found.save_revision(user=author)
    state = Workflow.objects.get(name="Relecture des modules").start(page(), author)
    return TaskState.objects.get(pk=state.current_task_state.pk).specific


def decide(task_state: TaskState, user: Any, action: str = "approve") -> None:
    task_state.task.specific.on_action(task_state, user, action)


def test_approving_publishes_what_was_read_and_is_noted(people: dict[str, Any]) -> None:
    decide(submitted(people["ines"]), people["hugo"])
    assert page().live and page().title == "Relu à deux"
    assert Module.objects.get().titles["fr"] == "Relu à deux"
    assert AuditEntry.objects.order_by("pk").last().action == "page_published"


@pytest.mark.parametrize("name", ["ines", "lea"])
def test_whoever_is_no_reviewer_decides_nothing(people: dict[str, Any], name: str) -> None:
    with pytest.raises(SecondPersonNeeded):
        decide(submitted(people["ines"]), people[name])
    assert page().title == "Vérifier une identité"


@pytest.mark.parametrize("name", ["both", "root"])
@pytest.mark.parametrize("action", ["approve", "reject", "anything"])
def test_nobody_decides_about_their_own_text(people: dict[str, Any], name: str, action: str) -> None:
    with pytest.raises(SecondPersonNeeded):
        decide(submitted(people[name]), people[name], action)
    assert page().title == "Vérifier une identité"


def test_nobody_publishes_from_a_screen_superuser_included(people: dict[str, Any]) -> None:
    for name in ("ines", "hugo", "both", "root"):
        permissions = page().permissions_for_user(people[name])
        assert not permissions.can_publish()
        assert not page().get_parent().specific.permissions_for_user(people[name]).can_publish_subpage()


def test_the_same_decision_twice_is_one(people: dict[str, Any]) -> None:
    task_state = submitted(people["ines"])
    decide(task_state, people["hugo"])
    with pytest.raises(SecondPersonNeeded):
        decide(TaskState.objects.get(pk=task_state.pk).specific, people["root"])


def test_sending_back_keeps_what_readers_see(people: dict[str, Any]) -> None:
    task_state = submitted(people["ines"])
    task_state.task.specific.on_action(task_state, people["hugo"], "reject", comment="Il manque un exemple.")
    assert page().title == "Vérifier une identité" and not page().workflow_in_progress
    assert TaskState.objects.get(pk=task_state.pk).comment == "Il manque un exemple."


def test_what_is_being_read_is_locked_for_everybody(people: dict[str, Any]) -> None:
    submitted(people["ines"])
    assert all(page().get_lock().for_user(people[name]) for name in ("ines", "hugo", "root"))


def test_a_gate_stops_the_approval_in_words(people: dict[str, Any]) -> None:
    task_state = submitted(people["ines"], minutes=20)
    with pytest.raises(ValidationError, match="Les étapes font 16 minutes, et le module en annonce 20"):
        decide(task_state, people["hugo"])
    assert page().minutes == 16 and page().workflow_in_progress


def test_a_review_planned_before_the_sources_were_read_stops_it(people: dict[str, Any]) -> None:
    task_state = submitted(people["ines"], review_by=date(2020, 1, 1))
    with pytest.raises(ValidationError, match="avant que les sources"):
        decide(task_state, people["hugo"])


def test_a_reviewer_finds_what_waits(people: dict[str, Any]) -> None:
    task_state = submitted(people["both"])
    task = task_state.task.specific
    waiting = {name: list(task.get_task_states_user_can_moderate(people[name])) for name in people}
    assert [found.pk for found in waiting["hugo"]] == [task_state.pk]
    assert not waiting["both"] and not waiting["ines"]


def let_the_day_come() -> None:
    """Two days pass: what was planned for later was planned for an hour ago."""
    past = timezone.now() - timedelta(hours=1)
    revision = Revision.objects.exclude(approved_go_live_at=None).get()
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()


def test_a_day_to_come_is_kept_then_comes(people: dict[str, Any]) -> None:
    later = timezone.now() + timedelta(days=2)
    decide(submitted(people["ines"], go_live_at=later), people["hugo"])
    tasks.publish_scheduled()
    assert page().title == "Vérifier une identité"
    let_the_day_come()
    tasks.publish_scheduled()
    assert page().title == "Relu à deux" and Module.objects.get().titles["fr"] == "Relu à deux"


def test_what_no_longer_keeps_its_promises_stays_as_it_is_and_is_noted_once(
    people: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    later = timezone.now() + timedelta(days=2)
    decide(submitted(people["ines"], go_live_at=later), people["hugo"])
    let_the_day_come()
    monkeypatch.setattr("lms.learning.gates.served_items", dict)
    for _ in range(2):
        tasks.publish_scheduled()
    assert page().title == "Vérifier une identité"
    assert AuditEntry.objects.filter(action="publication_refused").count() == 1


@pytest.fixture
def enter(people: dict[str, Any], client: Client) -> Callable[[str], Client]:
    def sign_in(name: str) -> Client:
        client.force_login(people[name])
        return client

    return sign_in


def test_the_screens_open_for_those_they_are_for(enter: Callable[[str], Client]) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[page().pk])
    author = enter("ines").get(address)
    told = author.content.decode()
    assert author.status_code == 200
    for label in ("Couverture", "Étapes", "Fiche", "Sources et dates", "Compétence principale"):
        assert label in told
    assert 'name="action-publish"' not in told and 'name="action-submit"' in told
    assert enter("lea").get(address).status_code == 302


def test_a_reviewer_approves_from_the_screen(people: dict[str, Any], enter: Callable[[str], Client]) -> None:
    task_state = submitted(people["ines"])
    address = reverse("wagtailadmin_pages:workflow_action", args=[page().pk, "approve", task_state.pk])
    assert enter("ines").post(address).status_code == 302
    assert page().title == "Vérifier une identité"
    assert enter("hugo").post(address).status_code == 302
    assert page().title == "Relu à deux"


def test_a_reviewer_decides_on_the_page_itself(people: dict[str, Any], enter: Callable[[str], Client]) -> None:
    submitted(people["ines"])
    address = reverse("wagtailadmin_pages:edit", args=[page().pk])
    reviewer = enter("hugo")
    told = reviewer.get(address).content.decode()
    assert re.findall(r'name="decision" value="(\w+)"', told) == ["approve", "reject"]
    asked = reviewer.post(address, {"decision": "reject"}).content.decode()
    assert "Ce qui est à reprendre" in asked and "Écrivez" not in asked
    assert "Écrivez" in reviewer.post(address, {"decision": "reject", "decision_comment": " "}).content.decode()
    assert page().workflow_in_progress
    reviewer.post(address, {"decision": "reject", "decision_comment": "Il manque un exemple."})
    assert TaskState.objects.get().comment == "Il manque un exemple."
    assert not page().workflow_in_progress and page().title == "Vérifier une identité"
    page().current_workflow_state.resume(people["ines"])
    said = reviewer.post(address, {"decision": "approve"}, follow=True).content.decode()
    assert page().title == "Relu à deux" and "« Relu à deux » est approuvé." in unescape(said).replace("\u00a0", " ")


def test_the_author_reads_why_a_page_came_back(people: dict[str, Any], enter: Callable[[str], Client]) -> None:
    submitted(people["ines"])
    address = reverse("wagtailadmin_pages:edit", args=[page().pk])
    assert "La relecture demande des changements" not in enter("ines").get(address).content.decode()
    reason = "Il manque un <b>exemple</b>."
    enter("hugo").post(address, {"decision": "reject", "decision_comment": reason})
    for _time in range(2):
        told = enter("ines").get(address).content.decode()
        assert "La relecture demande des changements" in told.replace("\u00a0", " ")
        assert "Il manque un &lt;b&gt;exemple&lt;/b&gt;." in told
    page().current_workflow_state.resume(people["ines"])
    assert "La relecture demande des changements" not in enter("ines").get(address).content.decode()


def test_a_gate_stops_the_decision_in_words(people: dict[str, Any], enter: Callable[[str], Client]) -> None:
    submitted(people["ines"], minutes=20)
    address = reverse("wagtailadmin_pages:edit", args=[page().pk])
    said = enter("hugo").post(address, {"decision": "approve"}, follow=True).content.decode()
    assert "Les étapes font 16 minutes" in said and page().workflow_in_progress


@pytest.mark.parametrize("name", ["ines", "both"])
def test_whoever_wrote_finds_no_decision(people: dict[str, Any], enter: Callable[[str], Client], name: str) -> None:
    submitted(people[name])
    address = reverse("wagtailadmin_pages:edit", args=[page().pk])
    assert 'name="decision"' not in enter(name).get(address).content.decode()
    enter(name).post(address, {"decision": "approve"})
    assert page().workflow_in_progress and page().title == "Vérifier une identité"


def test_a_preview_shows_each_step(people: dict[str, Any], enter: Callable[[str], Client]) -> None:
    author = enter("ines")
    modes = [mode for mode, _label in page().preview_modes]
    assert modes == ["", "step-1", "step-2", "step-3", "step-4", "whole", "sheet"]
    for mode in modes:
        address = reverse("wagtailadmin_pages:revisions_view", args=[page().pk, page().latest_revision_id])
        assert author.get(address).status_code == 200
        shown = page().make_preview_request(preview_mode=mode)
        assert shown.status_code == 200
        assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]


def test_a_translation_is_published_by_another_than_its_translator(people: dict[str, Any]) -> None:
    english = Locale.objects.get(language_code="en")
    source, _ = TranslationSource.update_or_create_from_instance(page())
    translation = Translation.objects.create(source=source, target_locale=english)
    strings = [
        segment.string for segment in source.stringsegment_set.order_by("pk") if "Vérifier" in segment.string.data
    ]
    context = source.stringsegment_set.order_by("pk").filter(string=strings[0])[0].context
    StringTranslation.objects.create(
        translation_of=strings[0], locale=english, context=context, data="Checking who it is",
        last_translated_by=people["both"],
    )  # fmt: skip
    assert not page("en").permissions_for_user(people["both"]).can_publish()
    assert not page("en").permissions_for_user(people["ines"]).can_publish()
    assert page("en").permissions_for_user(people["hugo"]).can_publish()
    translation.save_target(user=people["hugo"], publish=False)
    segments = {segment.context.path for segment in source.stringsegment_set.order_by("pk").select_related("context")}
    assert "title" in segments and "summary" in segments
    assert not [path for path in segments if path.endswith((".key", ".minutes", ".url"))]


def test_the_rules_name_who_wrote(people: dict[str, Any]) -> None:
    submitted(people["ines"])
    assert reviewing.writers(page()) == {people["ines"].pk}


@pytest.mark.parametrize("act", ["unpublish", "delete"])
def test_the_catalogue_stays_up(act: str, people: dict[str, Any], client: Client) -> None:
    client.force_login(people["root"])
    catalogue = CataloguePage.objects.get(locale__language_code="fr")
    response = client.post(reverse(f"wagtailadmin_pages:{act}", args=[catalogue.pk]))
    assert response.status_code == 302
    catalogue.refresh_from_db()
    assert catalogue.live


def test_the_situations_to_choose_from_say_what_they_are(enter: Callable[[str], Client]) -> None:
    told = enter("ines").get(reverse("wagtailadmin_pages:edit", args=[page().pk])).content.decode()
    key = samples.items()[0]
    option = told.partition(f'<option value="{key}">')[2].partition("</option>")[0]
    release = bank_api.release(bank_api.current_release_id())
    entry = next(entry for entry in release.entries if entry.key == key)
    words = bank_api.item_content(entry.item_version_id).wording("fr")
    assert unescape(option).startswith(f"{words.title} – {words.context[0][:40]}")
    assert option.endswith(f"… ({entry.competency}, choix unique)")
    assert "themes/chosen" in told


def test_who_writes_modules_begins_one_from_the_home_page(enter: Callable[[str], Client]) -> None:
    catalogue = CataloguePage.objects.get(locale__language_code="fr")
    address = reverse("wagtailadmin_pages:add", args=["learning", "modulepage", catalogue.pk])
    home = reverse("wagtailadmin_home")
    assert f'href="{address}">Écrire un module</a>' in enter("ines").get(home).content.decode()
    assert enter("ines").get(address).status_code == 200
    assert "Écrire un module" not in enter("hugo").get(home).content.decode()


def test_an_author_is_told_what_a_drawing_lost(people: dict[str, Any], enter: Callable[[str], Client]) -> None:
    drawing = samples.DRAWING.replace("<rect ", '<script>x()</script><rect onclick="y()" ')
    figure = {"drawing": drawing, "image": "", "alt": "Deux canaux", "caption": "", "file_name": ""}
    step = {"key": "une", "title": "Une", "minutes": "4", "blocks": streamfield([("figure", figure)])}
    posted = nested_form_data(
        {
            "title": "Brouillon", "slug": "brouillon", "summary": "", "level": "entry", "minutes": "15", "mark": "60",
            "main_competency": "D1.C1", "review_by": "",
            "objectives": streamfield([]), "sources": streamfield([]), "sheet": streamfield([]),
            "steps": streamfield([("step", step)]), "comments": inline_formset([]),
        }
    ) | {"audiences": ["student"]}  # fmt: skip
    catalogue = CataloguePage.objects.get(locale__language_code="fr")
    address = reverse("wagtailadmin_pages:add", args=["learning", "modulepage", catalogue.pk])
    told = enter("ines").post(address, posted, follow=True).content.decode()
    made = ModulePage.objects.get(slug="brouillon")
    assert "script" not in made.steps[0].value["blocks"][0].value["drawing"]
    assert "Du dessin «\u00a0Deux canaux\u00a0», la page ne garde pas ceci." in told
    assert "Éléments\u00a0: script\u00a0; attributs\u00a0: onclick." in told


def post_draft(client: Client, **said: str) -> Any:
    """Post the form of a new module, of which nearly nothing is written."""
    posted = nested_form_data(
        {
            "title": "Trop court", "slug": "trop-court", "summary": "", "level": "entry", "minutes": "15", "mark": "60",
            "main_competency": "D1.C1", "review_by": "",
            "objectives": streamfield([]), "sources": streamfield([]), "sheet": streamfield([]),
            "steps": streamfield([]), "comments": inline_formset([]),
        } | said
    ) | {"audiences": ["student"]}  # fmt: skip
    catalogue = CataloguePage.objects.get(locale__language_code="fr")
    return client.post(reverse("wagtailadmin_pages:add", args=["learning", "modulepage", catalogue.pk]), posted)


def test_a_title_in_french_makes_an_address_in_plain_letters(enter: Callable[[str], Client]) -> None:
    assert post_draft(enter("ines"), title="Vérifier à l’hôpital", slug="").status_code == 302
    made = ModulePage.objects.get(title="Vérifier à l’hôpital")
    assert made.slug == "verifier-a-lhopital"
    assert enter("ines").get(reverse("wagtailadmin_pages:view_draft", args=[made.pk])).status_code == 200


@pytest.mark.parametrize("slug", ["vérifier", "Verifier", "deux--traits", "-", "deux_mots"])
def test_an_address_that_may_not_be_a_key_is_refused_by_its_field(enter: Callable[[str], Client], slug: str) -> None:
    response = post_draft(enter("ines"), slug=slug)
    assert "sans accent" in response.context["form"].errors["slug"][0]
    assert not ModulePage.objects.filter(title="Trop court").exists()


def test_a_refused_submission_says_each_thing_by_its_field(enter: Callable[[str], Client]) -> None:
    response = post_draft(enter("ines"), **{"action-submit": "1"})
    errors = response.context["form"].errors
    assert {"summary", "objectives", "minutes", "steps", "sheet", "sources", "review_by"} <= errors.keys()
    assert errors["summary"] == ["Il manque un résumé d’une phrase."]
    assert len(errors["steps"]) == 1 and "Il n’y a aucune situation à décider" in errors["steps"][0]
    assert "title" not in errors and "__all__" not in errors
    assert not ModulePage.objects.filter(slug="trop-court").exists()


@pytest.mark.parametrize("key", ["verifier-identite", "socle-etudiants"])
def test_each_field_is_drawn_once(people: dict[str, Any], enter: Callable[[str], Client], key: str) -> None:
    samples.make_journey(["verifier-identite"])
    found = Page.objects.get(slug=key, locale__language_code="fr")
    html = enter("ines").get(reverse("wagtailadmin_pages:edit", args=[found.pk])).content.decode()
    drawn = re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"[^>]*?(?: value="([^"]*)")?[^>]*>', html)
    twice = [one for one in drawn if drawn.count(one) > 1 and one[0] not in ("csrfmiddlewaretoken", "next")]
    assert not twice
    assert {"title", "professions"} <= {name for name, _value in drawn}


def translated(client: Client) -> tuple[ModulePage, Translation]:
    """Have whoever is signed in ask for the English page of a module in French."""
    french = ModulePage.objects.get(slug="a-traduire")
    asked = {"locales": [Locale.objects.get(language_code="en").pk]}
    address = reverse("wagtail_localize:submit_page_translation", args=[french.pk])
    assert client.post(address, asked).status_code == 302
    return ModulePage.objects.get(slug="a-traduire", locale__language_code="en"), Translation.objects.get()


def translate(translation: Translation, user: Any) -> None:
    """Say every sentence in English."""
    for segment in translation.source.stringsegment_set.order_by("pk"):
        StringTranslation.objects.get_or_create(
            translation_of=segment.string, locale=translation.target_locale, context=segment.context,
            defaults={"data": f"English {segment.pk}", "last_translated_by": user},
        )  # fmt: skip


def test_a_translation_begins_as_a_draft_and_waits_for_its_last_sentence(
    people: dict[str, Any], enter: Callable[[str], Client], django_capture_on_commit_callbacks: Any
) -> None:
    samples.make("a-traduire", english=False)
    english, translation = translated(enter("ines"))
    assert not english.live and Client().get("/en/parcours/a-traduire/").status_code == 404
    address = reverse("wagtailadmin_pages:edit", args=[english.pk])
    assert enter("hugo").get(address).status_code == 200
    told = enter("hugo").post(address, {"action": "publish"}, follow=True)
    assert not ModulePage.objects.get(pk=english.pk).live
    assert "phrases à traduire" in told.content.decode()
    translate(translation, people["ines"])
    enter("ines").post(address, {"action": "publish"})
    assert not ModulePage.objects.get(pk=english.pk).live
    with django_capture_on_commit_callbacks(execute=True):
        enter("hugo").post(address, {"action": "publish"})
    assert ModulePage.objects.get(pk=english.pk).live
    assert "English " in Client().get("/en/parcours/a-traduire/").content.decode()
    assert Module.objects.get(key="a-traduire").languages == ["fr", "en"]


def test_a_whole_translation_is_found_by_whoever_may_publish_it(
    people: dict[str, Any], enter: Callable[[str], Client], django_capture_on_commit_callbacks: Any
) -> None:
    samples.make("a-traduire", english=False)
    english, translation = translated(enter("ines"))
    address, home = reverse("wagtailadmin_pages:edit", args=[english.pk]), reverse("wagtailadmin_home")

    def is_offered(name: str) -> bool:
        return f'href="{address}"' in enter(name).get(home).content.decode().partition("translations-title")[2][:600]

    assert "phrases à traduire" in enter("ines").get(address).content.decode() and not is_offered("hugo")
    translate(translation, people["ines"])
    assert "Une autre personne trouve cette page sur son accueil" in enter("ines").get(address).content.decode()
    assert "relisez, puis publiez" in enter("hugo").get(address).content.decode()
    assert (is_offered("hugo"), is_offered("ines"), is_offered("both")) == (True, False, True)
    with django_capture_on_commit_callbacks(execute=True):
        enter("hugo").post(address, {"action": "publish"})
    assert not is_offered("hugo")
    StringTranslation.objects.order_by("pk")[0].save()  # a sentence is said better
    assert is_offered("hugo")


def test_what_is_no_translation_is_opened_by_its_authors_only(enter: Callable[[str], Client]) -> None:
    assert enter("hugo").get(reverse("wagtailadmin_pages:edit", args=[page().pk])).status_code == 302


def test_a_document_with_few_fields_can_be_translated(people: dict[str, Any], enter: Callable[[str], Client]) -> None:
    email = {"type": "email", "value": {"from": "Un inconnu", "body": "Cliquez ici."}}  # as files bring it
    said = samples.words(samples.items())
    said.steps[0].blocks.append({"type": "artefact", "value": {"shown": [email]}})
    write_module(key="a-traduire", shared=samples.facts(), words={"fr": said}, digest="")
    strings = [one.string.data for one in translated(enter("ines"))[1].source.stringsegment_set.order_by("pk")]
    assert "Cliquez ici." in strings and "" not in strings
