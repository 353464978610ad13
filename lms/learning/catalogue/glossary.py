"""The glossary: the words that modules explain and those of its own file, each with the modules that use it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.utils.text import slugify

from lms.learning import selectors
from lms.learning.models import Module, SearchEntry, TermEntry
from lms.learning.modulefiles.glossary import glossary_terms
from lms.learning.modulefiles.markdown import words as words_of

from .normalising import plain_letters, words

PER_PAGE, MOST_LINKS = 60, 3


@dataclass(slots=True)
class Term:
    """A word explained; `anchor` is its place in the page, `names` all it is called, as search compares them."""

    term: str
    definition: str
    names: tuple[tuple[str, ...], ...]
    links: dict[str, tuple[str, str]] = field(default_factory=dict)  # module's key: title and address

    @property
    def anchor(self) -> str:
        """The word, as an address says it."""
        return slugify(self.term)

    @property
    def letter(self) -> str:
        """Under which letter it is found."""
        return next((letter.upper() for letter in plain_letters(self.term) if letter.isalnum()), "#")


def context(language: str, page: str | None, asked: str | None) -> dict[str, Any]:
    """Return a page of the glossary: the one asked for by number, or that of the word `asked`. Three queries."""
    terms = all_terms(language)
    pages = Paginator(terms, PER_PAGE)
    place = next((index for index, term in enumerate(terms) if term.anchor == asked), None)
    shown = pages.get_page(page if place is None else place // PER_PAGE + 1)
    return {
        "letters": _letters(terms, shown.number),
        "groups": _by_letter(shown.object_list),
        "shown": shown,
        "count": len(terms),
        "glossary_url": selectors.page_url("glossaire", language),
        "catalogue_url": selectors.catalogue_url(language),
    }


def all_terms(language: str) -> list[Term]:
    """Return every word explained, in alphabetical order."""
    modules = {module.pk: module for module in selectors.modules()}
    found = [_own(term[language]) for term in glossary_terms()]
    known = {name: term for term in found for name in term.names}
    for row in TermEntry.objects.filter(language=language).order_by("pk"):
        if row.module_id in modules:
            term = known.get(_name(row.term)) or _of_module(row, found, known)
            _link(term, modules[row.module_id], language, row.step)
    _add_uses(found, modules, language)
    return sorted(found, key=lambda term: plain_letters(term.term))


def _name(text: str) -> tuple[str, ...]:
    return tuple(words(text))


def _own(said: Mapping[str, Any]) -> Term:
    names = (said["term"], said["term"].partition(" (")[0], *said.get("also", ()))
    return Term(said["term"], said["definition"], tuple(dict.fromkeys(filter(None, map(_name, names)))))


def _of_module(row: TermEntry, found: list[Term], known: dict[tuple[str, ...], Term]) -> Term:
    term = Term(row.term, words_of(row.definition), (_name(row.term),))
    found.append(term)
    known[_name(row.term)] = term
    return term


def _link(term: Term, module: Module, language: str, step: str) -> None:
    if len(term.links) < MOST_LINKS and module.key not in term.links:
        term.links[module.key] = (module.title(language), selectors.page_url(module.key, language, step))


def _add_uses(terms: Iterable[Term], modules: Mapping[int, Module], language: str) -> None:
    """Link each word to the modules whose steps say it, as far as there is room."""
    rows = SearchEntry.objects.filter(language=language).exclude(step="").order_by("module_id", "position")
    said = [(row[0], row[1], row[2]) for row in rows.values_list("module_id", "step", "words") if row[0] in modules]
    for term in terms:
        needles = [f" {' '.join(name)} " for name in term.names]
        for module_id, step, text in said:
            if len(term.links) >= MOST_LINKS:
                break
            if any(needle in text for needle in needles):
                _link(term, modules[module_id], language, step)


def _letters(terms: list[Term], page: int) -> list[dict[str, Any]]:
    """Each letter with the page it begins on."""
    places: dict[str, int] = {}
    for index, term in enumerate(terms):
        places.setdefault(term.letter, index // PER_PAGE + 1)
    return [{"letter": letter, "page": number, "is_here": number == page} for letter, number in places.items()]


def _by_letter(terms: Iterable[Term]) -> list[tuple[str, list[Term]]]:
    groups: dict[str, list[Term]] = {}
    for term in terms:
        groups.setdefault(term.letter, []).append(term)
    return list(groups.items())
