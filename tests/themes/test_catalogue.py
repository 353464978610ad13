"""The English of Socle is complete, compiled, and what an English page shows; French counts as French does."""

import re
from functools import cache
from gettext import GNUTranslations

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import gettext, ngettext, override

from certificates import api as certificates
from kernel.events import drain
from lms.accounts.api import User
from lms.demonstration.roles import VISITORS
from lms.demonstration.seeding import seed
from lms.learning.api import create_home_pages
from question_bank.interactions import building
from tests.architecture.addresses import addresses
from tests.lms.assessments.loaded import load
from tests.lms.assessments.reading import Reader
from tests.lms.assessments.taking import INTERACTIONS, Taker
from tests.themes.catalogue import LOCALE, PLACEHOLDER, TAG, read_po, sentences, words_of

ENGLISH, FRENCH = read_po("en"), read_po("fr")
REFRESH = "see “Translating” in CONTRIBUTING.md"
# French is told by its letters; these names keep theirs in English.
ACCENTS = re.compile(r"[àâçèéêëîïôùûœÀÂÇÈÉÊ«»]")
NAMES = (
    "Mon espace santé", "Pro Santé Connect", "Défenseur des droits", "Université de Démonstration", "2e année",
    "Université de Valserine", "Université de la Côte d’Ambre", "Valserine", "Côte d’Ambre", "Paul Lefèvre",
    "Santé numérique", "Libre réponse", "Français",
)  # fmt: skip
WHOLE = 12  # a sentence shorter than this may be part of an English one: it is looked for alone


# The file


def test_every_sentence_of_the_source_is_in_the_catalogue():
    known = {(entry.msgid, entry.plural) for entry in ENGLISH}
    assert not set(sentences()) - known, REFRESH


def test_nothing_in_the_catalogue_has_left_the_source():
    assert not {(entry.msgid, entry.plural) for entry in ENGLISH[1:]} - set(sentences()), REFRESH


def test_every_sentence_has_its_english():
    assert not [entry.msgid for entry in ENGLISH if entry.is_fuzzy or not all(entry.texts)], REFRESH


def test_an_e_mail_has_one_name_in_each_language():
    """docs/glossary.md. What reads the files of institutions knows the other names, which nobody is shown."""
    french = [
        entry.msgid for entry in ENGLISH if re.search("courriel|adresse électronique", entry.msgid, re.IGNORECASE)
    ]
    told = [re.sub(r"%\(email\)s", "", text) for entry in ENGLISH[1:] for text in entry.texts]
    assert not french
    assert not [text for text in told if re.search(r"\bemails?\b", text, re.IGNORECASE)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_compiled_says_the_same(language):
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = {key: text for key, text in GNUTranslations(file)._catalog.items() if key}
    written = {key: text for entry in read_po(language)[1:] for key, text in entry.rows().items()}
    assert compiled == written, REFRESH


def test_placeholders_and_tags_are_those_of_the_french():
    different = []
    for entry in ENGLISH[1:]:
        sources = [entry.msgid, entry.plural] if entry.plural else [entry.msgid]
        for source, text in zip(sources, entry.texts, strict=True):
            if any(sorted(one.findall(source)) != sorted(one.findall(text)) for one in (PLACEHOLDER, TAG)):
                different.append(text)
    assert not different


def test_each_language_has_its_own_typography():
    bare = re.compile(r"\S [:;?!»]|« |'")
    assert not [entry.msgid for entry in ENGLISH if bare.search(TAG.sub("", entry.msgid))]
    foreign = re.compile(r"\s[:;?!]|[«»!']")
    assert not [text for entry in ENGLISH[1:] for text in entry.texts if foreign.search(TAG.sub("", text))]


# Counting, and words that others use too


def test_french_counts_zero_in_the_singular():
    counted = [entry for entry in ENGLISH if entry.plural]
    assert [entry.msgid for entry in FRENCH[1:]] == [entry.msgid for entry in counted]
    for entry in counted:
        with override("fr"):
            told = [ngettext(entry.msgid, entry.plural, number) for number in (0, 1, 2)]
        assert told == [entry.msgid, entry.msgid, entry.plural]
        with override("en"):
            told = [ngettext(entry.msgid, entry.plural, number) for number in (0, 1, 2)]
        assert told == [entry.texts[1], entry.texts[0], entry.texts[1]]


NEVER_ONE = {  # a fixed choice or bound, and hours that may have halves
    "in %(minutes)s minutes at most",
    "%(label)s minutes at most",
    "Breaks go from 0 to %(most)d minutes in all.",
    "%(hours)s hours of programme",
}


def test_whatever_counts_a_unit_of_time_can_count_one():
    unit = re.compile(r"%\(\w+\)[sd] (minute|hour|day|week|month|year)s\b")
    alone = {text for entry in ENGLISH if not entry.plural for text in entry.texts if unit.search(text)}
    assert alone == NEVER_ONE


def test_no_other_catalogue_changes_our_words():
    """A French word of ours may be an English one that Django, Wagtail or allauth translate their own way."""
    for language, said in (("fr", lambda entry: entry.msgid), ("en", lambda entry: entry.texts[0])):
        with override(language):
            assert not [one.msgid for one in ENGLISH[1:] if not one.plural and gettext(one.msgid) != said(one)]


# The pages


@cache
def _needles():
    """Return what betrays French: (part of a sentence, whether it must stand alone)."""
    found = set()
    for entry in ENGLISH[1:]:
        for source, text in zip((entry.msgid, entry.plural), entry.texts, strict=False):
            part = max(re.split(f"{PLACEHOLDER.pattern}|{TAG.pattern}", source), key=len).strip()
            if part and part not in text:
                found.add((part, len(part) < WHOLE))
    return found


def french_in(html):
    """Return the French found outside the parts of a page that say they are French."""
    texts = words_of(html)
    page = "\n".join(texts)
    found = [part for part, is_alone in _needles() if (part in texts if is_alone else part in page)]
    for name in NAMES:
        page = page.replace(name, "")
    return found + [line for line in page.splitlines() if ACCENTS.search(line)]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Me situer</p>",
        '<a aria-label="Aller au contenu">x</a>',
        '<div lang="fr"><p>Oui</p></div><p>Avant</p>',
        '<form data-up="Monter"><br></form>',
        '<div lang="fr"><p lang="en">Vos réponses</p></div>',
        "<svg><title>Portrait en étoile</title><rect/></svg>",
        "<p>Ce texte n’est dans aucun catalogue, même abîmé</p>",
        "<p>entre <b>400</b> et 500, après 12 situations</p>",
    ],
)
def test_french_is_seen(html):
    assert french_in(html)


@pytest.mark.parametrize(
    "html", ['<p lang="fr">Me situer</p>', '<div lang="fr"><input aria-label="Nombre"><p>Unité</p></div><p>Unit</p>']
)
def test_french_that_says_so_is_let_through(html):
    assert not french_in(html)


@pytest.fixture
def country(db, now, monkeypatch):
    """The pages, the people and a certificate. Items are in French only: what is looked for is ours around them."""
    monkeypatch.setattr(building, "WORDINGS", ("fr",))
    load()
    create_home_pages()
    seed(now=now)
    certificates.define(key="socle", titles={"fr": "Socle", "en": "Socle"})
    certificate = certificates.issue(
        achievement="socle", holder_name="Lina", holder_ref="user:1", issuer_name="Socle", issued_at=now
    )
    drain()
    return certificate.code


def _pages(client, samples):
    """Yield (address, page) of every English address that answers with a page of ours."""
    for address in addresses("en", samples):
        if not address.path.startswith("/en/") or "logout" in address.path or address.path.endswith(".pdf"):
            continue
        response = client.get(address.path)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            yield address.path, response.content.decode()


def _french(pages):
    pages = dict(pages)
    assert pages
    return {path: found for path, page in pages.items() if (found := french_in(page))}


@pytest.mark.once
def test_an_anonymous_reader_meets_no_french(country):
    open_one, finished = Taker().start(locale="en"), Taker().start("citizen", "en").finish()
    for taker in (open_one, finished):
        pages = dict(_pages(Client(), {"token": taker.token, "code": country, "key": "placement", "position": "1"}))
        assert {"/en/", "/en/vie-privee/", f"/en/verification/{country}"} <= set(pages)
        assert "Digital health: where do you stand?" in words_of(pages["/en/"])
        assert _french(pages) == {}


@pytest.mark.once
@pytest.mark.parametrize("key", ["student", "coordinator", "pilot"])
def test_a_signed_in_reader_meets_no_french(country, key):
    client = Client()
    email = next(visitor.email for visitor in VISITORS if visitor.key == key)
    client.force_login(User.objects.get(email=email), backend=settings.AUTHENTICATION_BACKENDS[0])
    Taker(client=client).start("citizen", "en").finish()
    finished, _ = Taker(client=client).start("citizen", "en").finish(), Taker(client=client).start(locale="en")
    samples = {"token": finished.token, "code": country, "key": "training", "position": "2"}
    assert _french(_pages(client, samples)) == {}


@pytest.mark.once
@pytest.mark.parametrize("interaction", INTERACTIONS)
def test_a_situation_in_french_says_so_and_the_rest_is_english(country, interaction):
    reader = Reader(address=f"/en/evaluation/s/{Taker().start('training', 'en').meet(interaction).token}/")
    asked = reader.look()
    refused = reader.send(list(reader.hidden.items()))
    assert refused.status_code == 422
    explained = reader.answer()
    pages = {
        name: page.content.decode() for name, page in (("asked", asked), ("refused", refused), ("told", explained))
    }
    assert _french(pages) == {}
