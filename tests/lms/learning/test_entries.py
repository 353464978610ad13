"""The rows of modules and journeys follow their pages, in the same transaction, whatever happens to them."""

from uuid import UUID

import pytest
from django.db import transaction
from wagtail.models import Locale

from lms.accounts.api import User
from lms.learning.api import module, modules
from lms.learning.models import Journey, Module, ModulePage
from lms.learning.services import write_module
from tests.lms.learning import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(bank: None) -> Module:
    return samples.make()


def page(language: str = "fr", key: str = "verifier-identite") -> ModulePage:
    return ModulePage.objects.get(slug=key, locale__language_code=language)


def test_it_says_what_the_pages_say(entry: Module) -> None:
    assert entry.uuid == page().translation_key == page("en").translation_key
    assert entry.titles == {"fr": "Vérifier une identité", "en": "Checking an identity"}
    assert entry.languages == ["fr", "en"] and entry.is_published
    assert entry.steps == [{"key": key, "minutes": 4} for key in samples.KEYS]
    assert entry.item_keys == samples.items() and entry.competencies == ["D1.C1"]
    assert entry.file_digest == "d" * 64 and not entry.is_edited


def test_writing_it_again_changes_no_id(entry: Module) -> None:
    def ids(value: object) -> list[str]:
        if isinstance(value, list):
            return [found for one in value for found in ids(one)]
        if isinstance(value, dict):
            return [*([value["id"]] if "id" in value else []), *ids(list(value.values()))]
        return []

    before = ids(page().steps.get_prep_value())
    assert samples.make().pk == entry.pk
    after = page().steps.get_prep_value()
    assert ids(after) == before and len(set(before)) == len(before) > 12
    assert all(UUID(one).version == 5 for one in before)
    assert ids(page("en").steps.get_prep_value()) == before, "a translation has the ids of its source"


def test_publishing_from_a_screen_marks_it_as_edited(entry: Module) -> None:
    author = User.objects.create_user("author@demo.example", None)
    found = page()
    found.title = "Autrement"
    found.save_revision(user=author).publish()
    entry.refresh_from_db()
    assert entry.titles["fr"] == "Autrement" and entry.is_edited
    samples.make()
    entry.refresh_from_db()
    assert not entry.is_edited


def test_a_draft_changes_nothing_for_readers(entry: Module) -> None:
    found = page()
    found.title = "Brouillon"
    found.save_revision()
    entry.refresh_from_db()
    assert entry.titles["fr"] == "Vérifier une identité"


def test_one_language_may_go_alone(entry: Module) -> None:
    page("en").unpublish()
    entry.refresh_from_db()
    assert entry.languages == ["fr"] and entry.is_published
    page("fr").unpublish()
    entry.refresh_from_db()
    assert entry.languages == [] and not entry.is_published and not modules().exists()


def test_the_row_outlives_the_page_and_takes_it_back(entry: Module) -> None:
    page().get_parent().specific.get_children().get(slug="verifier-identite").delete()
    entry.refresh_from_db()
    assert not entry.is_published and entry.titles["fr"] == "Vérifier une identité"
    assert samples.make().pk == entry.pk
    assert module("verifier-identite").is_published


def test_the_key_follows_the_address(entry: Module) -> None:
    found = page()
    found.slug = "autre-adresse"
    found.save_revision().publish()
    entry.refresh_from_db()
    assert entry.key == "autre-adresse"


def test_it_is_the_same_transaction(entry: Module) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        page().unpublish()
        raise RuntimeError
    entry.refresh_from_db()
    assert entry.is_published and page().live


def test_a_journey_has_its_row_too(entry: Module) -> None:
    found = samples.make_journey(["verifier-identite"])
    assert found.parts == [
        {"key": "donnees", "titles": {"fr": "Données de santé"}, "modules": ["verifier-identite"], "hours": 2}
    ]
    assert Journey.objects.get().module_keys == ["verifier-identite"]


def test_what_files_bring_is_cleaned(bank: None) -> None:
    keys = samples.items()
    said = samples.words(keys)
    blocks = [{"type": "text", "value": '<p onclick="x()">a<script>x()</script><a href="javascript:x()">b</a></p>'}]
    hostile = samples.words(keys, steps=[*said.steps[:3], samples.StepWords("decider", "t", 4, blocks)])
    samples.make()
    write_module(key="verifier-identite", shared=samples.facts(), words={"fr": hostile})
    stored = str(page().steps.get_prep_value())
    assert "onclick" not in stored and "javascript" not in stored and "x()" not in stored.replace("index()", "")


def test_a_translation_is_below_its_own_catalogue(entry: Module) -> None:
    english = page("en")
    assert english.get_parent().locale == Locale.objects.get(language_code="en")
    assert english.url == "/en/parcours/verifier-identite/" or english.full_url.endswith(
        "/en/parcours/verifier-identite/"
    )
