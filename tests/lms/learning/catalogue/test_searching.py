"""Search inside modules, on both databases: accents, capitals and plurals do not count; each hit names its step."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from lms.learning.catalogue.normalising import words
from lms.learning.catalogue.searching import asked_words, excerpt, search
from lms.learning.models import ModulePage, SearchEntry
from lms.learning.services.loading import load_content
from tests.lms.learning.modulefiles.folders import KEY, edit, module_folder


def found(text: str, language: str = "fr") -> list[str]:
    return [hit.step for one in search(asked_words(text), language) for hit in one.hits]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Les Hôpitaux", ["hopital"]),
        ("l’œil, aujourd’hui", ["oeil", "aujourd", "hui"]),
        ("Réseaux SÉCURISÉS", ["reseau", "securise"]),
        ("de la", []),
        ("%_'\";\0", []),
    ],
)
def test_words_are_what_they_say(text: str, said: list[str]) -> None:
    assert words(text) == said


def test_eight_words_at_most_each_once() -> None:
    assert len(asked_words("un deux " + " ".join(f"mot{number}" for number in range(30)))) == 8
    assert asked_words("messagerie Messageries") == ["messagerie"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "messagerie",
        "MESSAGERIES",
        "sécurisées",
        "securisee",
        "hôpital",
        "hopitaux",
        "Mme Kervella",
        "mssante.fr",
        "orthopéd",
    ],
)
def test_accents_capitals_and_plurals_do_not_count(catalogue: Path, text: str) -> None:
    assert len(search(asked_words(text), "fr")) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["zèbre", "messagerie zèbre", ""])
def test_every_word_counts(catalogue: Path, text: str) -> None:
    assert search(asked_words(text), "fr") == []


@pytest.mark.django_db
def test_a_hit_names_its_step_and_leads_to_it(catalogue: Path) -> None:
    assert found("boîte du service")[0] == "lire-une-adresse"
    text = Client().get("/parcours/?q=chirurgien+mercredi").content.decode()
    assert f'href="/parcours/{KEY}/lire-une-adresse/"' in text
    assert "<mark>chirurgien</mark>" in text


@pytest.mark.django_db
def test_each_language_is_searched_in_its_own_words(catalogue: Path) -> None:
    assert found("surgeons", "en") and not found("surgeons", "fr")
    assert f'href="/en/parcours/{KEY}/' in Client().get("/en/parcours/?q=surgeon").content.decode()


@pytest.mark.django_db
def test_drawings_keys_and_items_are_not_words(catalogue: Path) -> None:
    assert not found("viewBox") and not found("quatre-adresses-quatre-boites xmlns")


@pytest.mark.django_db
def test_publishing_again_changes_what_is_found_and_withdrawing_removes_it(catalogue: Path) -> None:
    edit(catalogue / "modules" / KEY / "fr.yaml", "Lire une adresse par la fin", "Lire le zébu par la fin")
    load_content(path=catalogue)
    assert found("zébus") == ["lire-une-adresse"]
    ModulePage.objects.get(slug=KEY, locale__language_code="fr").unpublish()
    assert found("zébus") == [] and found("surgeon", "en")


@pytest.mark.django_db
def test_deleting_a_page_removes_its_words(catalogue: Path) -> None:
    ModulePage.objects.get(slug=KEY, locale__language_code="fr").delete()
    assert not SearchEntry.objects.filter(language="fr").exists()


@pytest.mark.django_db
def test_a_number_is_found_whole(catalogue: Path) -> None:
    row = SearchEntry.objects.filter(language="fr").first()
    assert row is not None
    SearchEntry.objects.filter(pk=row.pk).update(words=f"{row.words}appeler 4150 ")
    assert [len(search(asked_words(text), "fr")) for text in ("4150", "415", "4")] == [1, 0, 0]
    assert excerpt("Appelez le 4150, puis le 41.", asked_words("41"))[1] == "41"


@pytest.mark.django_db
def test_the_best_comes_first(catalogue: Path) -> None:
    folder = module_folder(catalogue, "le-chirurgien")
    edit(folder / "fr.yaml", "title: Messagerie sécurisée ou courriel\u00a0?", "title: Écrire au chirurgien")
    load_content(path=catalogue)
    first = search(asked_words("chirurgien"), "fr")[0]
    assert (
        SearchEntry.objects.filter(module_id=first.module_id, step="", language="fr").get().title
        == "Écrire au chirurgien"
    )


@pytest.mark.django_db
def test_the_index_can_be_written_again(catalogue: Path) -> None:
    before = list(SearchEntry.objects.order_by("module", "language", "step").values_list("step", "words"))
    SearchEntry.objects.all().delete()
    out = StringIO()
    call_command("index_modules", stdout=out)
    assert "2 pages indexed" in out.getvalue()
    assert list(SearchEntry.objects.order_by("module", "language", "step").values_list("step", "words")) == before


def test_an_excerpt_shows_where_most_is_said() -> None:
    text = "Un passe. " + "x " * 100 + "Un mot de passe solide. " + "y " * 100
    before, word, after = excerpt(text, ["mot", "passe"])
    assert word == "mot" and after.startswith(" de passe solide") and before.startswith("…") and after.endswith("…")


def test_an_excerpt_of_what_is_not_there_is_the_beginning() -> None:
    assert excerpt("Bonjour à tous", ["zebre"]) == ("Bonjour à", "", "")
