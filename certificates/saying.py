"""What a certificate says beside its title. Whoever issues it says it in each language; the issuer does not read it.

`details["facts"]`: [{"label": {language: text}, "text": {language: text}} or {…, "items": {language: [text]}}];
`details["notices"]`: [{language: text}]. Anything else in `details` is kept and not shown.
"""

from typing import Any

from django.utils.translation import get_language

from .models import in_language
from .types import Fact


def facts_of(details: dict[str, Any]) -> tuple[Fact, ...]:
    """Return the facts in the reader's language."""
    return tuple(_fact(fact) for fact in details.get("facts", ()))


def notices_of(details: dict[str, Any]) -> tuple[str, ...]:
    """Return the sentences to be read with it, in the reader's language."""
    return tuple(in_language(notice, get_language()) for notice in details.get("notices", ()))


def _fact(fact: dict[str, Any]) -> Fact:
    language = get_language()
    items: Any = in_language(fact.get("items", {}), language)
    return Fact(in_language(fact["label"], language), in_language(fact.get("text", {}), language), tuple(items or ()))
