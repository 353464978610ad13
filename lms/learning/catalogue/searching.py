"""Searching inside modules: which ones say every word that is asked, and where.

PostgreSQL: full text with the stemming of the language, over normalised words (so accents are forgiven without any
extension). SQLite: the same normalised words, compared by their beginning. Both forgive accents, capitals and plurals.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from lms.learning.models import SearchEntry

from .normalising import plain_letters, singular, words

MOST_CHARACTERS, MOST_WORDS, MOST_HITS = 100, 8, 3
AROUND: Final = 70  # characters shown on each side of what was found
NEAR: Final = 40  # characters within which words are said together
STEMMED: Final = {"fr": "french", "en": "english"}
IN_TITLE, IN_TEXT, ON_COVER, TOGETHER = 3, 1, 2, 4


@dataclass(frozen=True, slots=True)
class Hit:
    """A page of a module that says what is asked; `excerpt`: before, what was found, after."""

    step: str
    title: str
    excerpt: tuple[str, str, str]


@dataclass(slots=True)
class Found:
    """What was found in one module."""

    module_id: int
    score: int = 0
    hits: list[Hit] = field(default_factory=list)


def asked_words(text: str) -> list[str]:
    """Return the words of a search, each once, eight at most."""
    return list(dict.fromkeys(words(text)))[:MOST_WORDS]


def search(asked: Sequence[str], language: str) -> list[Found]:
    """Return the modules that say every word of `asked` (from `asked_words`), the best first: one query."""
    if not asked:
        return []
    rows: dict[int, list[tuple[SearchEntry, set[str]]]] = defaultdict(list)
    for row, said in _rows(asked, language):
        rows[row.module_id].append((row, said))
    found = [
        _found(module_id, entries, asked)
        for module_id, entries in rows.items()
        if set().union(*(said for _row, said in entries)) == set(asked)
    ]
    return sorted(found, key=lambda one: (-one.score, one.module_id))


def _rows(asked: Sequence[str], language: str) -> list[tuple[SearchEntry, set[str]]]:
    """Each page that says any of the words, with those it says: one query."""
    says = {f"says_{place}": _saying(word, language) for place, word in enumerate(asked)}
    rows = SearchEntry.objects.filter(language=language).alias(**_vectors(language))
    wanted = Q()
    for condition in says.values():
        wanted |= condition
    marked: QuerySet[Any] = rows.filter(wanted).annotate(**{name: _as_flag(one) for name, one in says.items()})
    return [
        (row, {word for place, word in enumerate(asked) if getattr(row, f"says_{place}")})
        for row in marked.order_by("module_id", "position")
    ]


def _as_flag(condition: Q) -> Any:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _is_full_text() -> bool:
    return connection.vendor == "postgresql"


def _vectors(language: str) -> dict[str, Any]:
    if not _is_full_text():
        return {}
    from django.contrib.postgres.search import SearchVector

    return {"vector": SearchVector("words", config=STEMMED.get(language, "simple"))}


def _saying(word: str, language: str) -> Q:
    """A page that says a word, or one that begins with it; a number is said whole: who looks for 15 wants no 150."""
    if not _is_full_text():
        return Q(words__contains=f" {word} " if word.isdigit() else f" {word}")
    from django.contrib.postgres.search import SearchQuery

    # Only letters and digits are left in a word: nothing in it can be taken for an operator.
    asked = word if word.isdigit() else f"{word}:*"
    return Q(vector=SearchQuery(asked, search_type="raw", config=STEMMED.get(language, "simple")))


def _found(module_id: int, entries: list[tuple[SearchEntry, set[str]]], asked: Sequence[str]) -> Found:
    ranked = sorted(entries, key=lambda entry: (-_score(entry[0], entry[1], asked), entry[0].position))
    steps = [row for row, _said in ranked if row.step]
    hits = [Hit(row.step, row.title, excerpt(row.text, asked)) for row in steps[:MOST_HITS]]
    return Found(module_id, sum(_score(row, said, asked) for row, said in ranked[:MOST_HITS]), hits)


def _score(row: SearchEntry, said: set[str], asked: Sequence[str]) -> int:
    in_title = sum(f" {word}" in row.title_words for word in said)
    together = TOGETHER if len(asked) > 1 and f" {' '.join(asked)}" in row.words else 0
    return (in_title * IN_TITLE + len(said) * IN_TEXT + together) * (1 if row.step else ON_COVER)


def excerpt(text: str, asked: Sequence[str]) -> tuple[str, str, str]:
    """Return what stands around the place where `text` says most of what is asked: before, the word found, after."""
    places = [(match, word) for match in re.finditer(r"\w+", text) if (word := _said_by(match[0], asked))]
    if not places:
        return text[: 2 * AROUND].rsplit(" ", 1)[0].replace("\n", " "), "", "…" if len(text) > 2 * AROUND else ""
    best = max(places, key=lambda place: (len(_near(places, place[0].start())), -place[0].start()))[0]
    return _around(text, best.start(), best.end())


def _said_by(written: str, asked: Sequence[str]) -> str:
    """Return the word of `asked` that a written word says, or nothing."""
    parts = [singular(part) for part in plain_letters(written).split()]
    return next((word for word in asked if any(_is_said(word, part) for part in parts)), "")


def _is_said(word: str, part: str) -> bool:
    return part == word if word.isdigit() else part.startswith(word)


def _near(places: list[tuple[re.Match[str], str]], start: int) -> set[str]:
    return {word for match, word in places if start <= match.start() <= start + NEAR}


def _around(text: str, start: int, end: int) -> tuple[str, str, str]:
    left, right = max(0, start - AROUND), min(len(text), end + AROUND)
    before, after = text[left:start], text[end:right]
    if left:
        before = "…" + before.partition(" ")[2]
    if right < len(text):
        after = after.rpartition(" ")[0] + "…"
    return before.replace("\n", " "), text[start:end], after.replace("\n", " ")
