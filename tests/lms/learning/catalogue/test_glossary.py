"""The glossary: every word explained, in order, with the modules that use it."""

from pathlib import Path

import pytest
from django.test import Client

from lms.learning.catalogue.glossary import all_terms, context
from lms.learning.models import Module, ModulePage, TermEntry
from lms.learning.modulefiles.glossary import GLOSSARY, glossary_problems, glossary_terms
from tests.lms.learning.modulefiles.folders import KEY, edit

ADDRESS = "/parcours/glossaire/"


def test_our_own_words_are_forty_at_least_sourced_and_well_written() -> None:
    assert len(glossary_terms()) >= 40
    assert glossary_problems(GLOSSARY) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[INS-01, INS-02]", "[INS-99]", "no fact “INS-99”"),
        ("[INS-01, INS-02]", "[INS-09]", "is to verify"),
        ("term: INS (identité nationale de santé)", "term: INS", ""),
        ("terms:", "terms:\n  - facts: []", "“terms.1”"),
        ("sa santé\u00a0:", "sa santé :", "a no-break space"),
    ],
)
def test_its_file_holds_its_rules(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_text(GLOSSARY.read_text(encoding="utf-8"), encoding="utf-8")
    edit(path, old, new)
    problems = glossary_problems(path)
    assert any(said in problem for problem in problems) if said else problems == []


@pytest.mark.django_db
def test_words_come_in_order_whatever_their_accents(catalogue: Path) -> None:
    terms = [term.term for term in all_terms("fr")]
    assert (
        terms.index("Donnée de santé") < terms.index("e-CPS") < terms.index("Écoscore") < terms.index("Équipe de soins")
    )


@pytest.mark.django_db
def test_a_word_of_the_file_leads_to_the_modules_that_explain_or_use_it(catalogue: Path) -> None:
    terms = {term.term: term for term in all_terms("fr")}
    assert terms["Boîte organisationnelle"].links[KEY][1] == f"/parcours/{KEY}/lire-une-adresse/"
    assert terms["MSSanté (messagerie sécurisée de santé)"].links[KEY]
    assert terms["Mon espace santé"].links[KEY]  # said there, not explained
    assert not terms["PECAN"].links
    assert "MSSanté" not in terms, "a module's own word is the same one"


@pytest.mark.django_db
def test_a_word_that_only_a_module_explains_is_there_while_it_is_published(catalogue: Path) -> None:
    module = Module.objects.get()
    TermEntry.objects.create(
        module=module, language="fr", step="lire-une-adresse", term="Zébu", definition="<p>Un <b>bœuf</b> à bosse.</p>"
    )
    zebu = next(term for term in all_terms("fr") if term.term == "Zébu")
    assert (zebu.definition, zebu.anchor, zebu.letter) == ("Un bœuf à bosse.", "zebu", "Z")
    ModulePage.objects.get(slug=KEY, locale__language_code="fr").unpublish()
    assert "Zébu" not in [term.term for term in all_terms("fr")]


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "said"), [(ADDRESS, "Hameçonnage"), (f"/en{ADDRESS}", "Phishing")])
def test_the_page_is_read_in_both_languages_without_a_cookie(catalogue: Path, address: str, said: str) -> None:
    response = Client().get(address)
    text = response.content.decode()
    assert response.status_code == 200 and not response.cookies
    assert f">{said}</dt>" in text and 'id="lettre-P"' in text and 'href="#lettre-P"' in text


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["page=0", "page=x", "page=999", "mot=%00", "mot=" + "x" * 900])
def test_a_wrong_page_is_the_nearest_one(catalogue: Path, query: str) -> None:
    assert Client().get(f"{ADDRESS}?{query}").status_code == 200


@pytest.mark.django_db
def test_a_long_glossary_is_paged_and_a_word_finds_its_page(catalogue: Path) -> None:
    module = Module.objects.get()
    TermEntry.objects.bulk_create(
        TermEntry(module=module, language="fr", step="x", term=f"Zone {number:03}", definition="<p>Une zone.</p>")
        for number in range(100)
    )
    found = context("fr", None, "zone-099")
    assert found["shown"].number == found["shown"].paginator.num_pages == 3
    assert [letter["page"] for letter in found["letters"] if letter["letter"] in "AZ"] == [1, 1]
    text = Client().get(f"{ADDRESS}?mot=zone-099").content.decode()
    assert 'id="zone-099"' in text and "Mots précédents" in text


@pytest.mark.django_db
def test_as_many_queries_whatever_there_is(catalogue: Path, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        all_terms("fr")
