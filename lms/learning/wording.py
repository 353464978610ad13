"""The titles of the bank's items, for whoever chooses among them."""

from functools import lru_cache

from question_bank.api import current_release_id, item_content, read_contents, release
from question_bank.errors import NoRelease


def item_titles(language: str) -> tuple[tuple[str, str, bool], ...]:
    """Return the key of each item served now, its title in `language` (else in French), and if it is a simulation."""
    try:
        return _titles(current_release_id(), language)
    except NoRelease:
        return ()


@lru_cache(maxsize=4)
def _titles(release_id: int, language: str) -> tuple[tuple[str, str, bool], ...]:
    """A release never changes: its titles are read once per process, all at once."""
    bank = release(release_id)
    read_contents(bank)
    found = [
        (entry.key, item_content(entry.item_version_id).wording(language).title, entry.interaction == "simulation")
        for entry in bank.entries
    ]
    return tuple(sorted(found, key=lambda row: row[1].casefold()))
