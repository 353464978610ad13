"""What a certificate says beside its title. Whoever issues it says it in each language; the issuer does not read it.

`details["facts"]`: [{"label": {language: text}, "text": {language: text}} or {…, "items": {language: [text]}}];
`details["notices"]`: [{language: text}]. Anything else in `details` is kept and not shown.
"""

from typing import Any

from django.utils.translation import get_language

from .models import FALLBACK, in_language
from .types import Fact, Words


def facts_of(details: dict[str, Any]) -> tuple[Fact, ...]:
    """Return the facts in the reader's language."""
    return tuple(_fact(fact) for fact in details.get("facts", ()))


def notices_of(details: dict[str, Any]) -> tuple[str, ...]:
    """Return the sentences to be read with it, in the reader's language."""
    return tuple(in_language(notice, get_language()) for notice in details.get("notices", ()))


def _fact(fact: dict[str, Any]) -> Fact:
    language = get_language()
    label, text = in_language(fact["label"], language), in_language(fact.get("text", {}), language)
    return Fact(label, text, _items(fact.get("items", {}), language or FALLBACK))


def _items(lists: dict[str, list[str]], language: str) -> tuple[Words, ...]:
    """Return the list in the reader's language, else in French, else in any.

    A list may lack a language, or hold in it what was only written in French: the titles of a journey's modules.
    """
    spoken = next((one for one in (language.split("-")[0], FALLBACK, *lists) if lists.get(one)), FALLBACK)
    french = frozenset(lists.get(FALLBACK) or ())
    return tuple(Words(item, FALLBACK if item in french else spoken) for item in lists.get(spoken) or ())
