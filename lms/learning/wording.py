"""The items of the bank in words, for whoever chooses among them."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.text import Truncator

from question_bank.api import current_release_id, interaction_label, item_content, read_contents, release
from question_bank.errors import NoRelease

BEGINNING: Final = 90  # letters of a situation that tell it from another


@dataclass(frozen=True, slots=True)
class ItemLabel:
    """An item as a list offers it: its key, and what it is in words."""

    key: str
    text: str
    is_played: bool


def item_labels(language: str) -> tuple[ItemLabel, ...]:
    """Return the items served now, in `language` (else in French): title, beginning, competency, format."""
    try:
        return _labels(current_release_id(), language)
    except NoRelease:
        return ()


@lru_cache(maxsize=4)
def _labels(release_id: int, language: str) -> tuple[ItemLabel, ...]:
    """A release never changes: its items are read once per process, all at once."""
    bank = release(release_id)
    read_contents(bank)
    found = []
    for entry in bank.entries:
        words = item_content(entry.item_version_id).wording(language)
        stem = Truncator(" ".join((*words.context, words.question))).chars(BEGINNING)
        text = f"{words.title} – {stem} ({entry.competency}, {interaction_label(entry.interaction)})"
        found.append(ItemLabel(entry.key, text, entry.interaction == "simulation"))
    return tuple(sorted(found, key=lambda one: one.text.casefold()))
