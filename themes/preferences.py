"""What a reader asks of the display. It travels in the address (`?p=grand.contraste`): no account, no cookie."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

LABELS = {
    "grand": _("Texte plus grand"),
    "dyslexie": _("Lettres plus faciles à distinguer"),
    "espace": _("Plus d’espace"),
    "contraste": _("Contraste fort"),
    "sombre": _("Fond sombre"),
}


@dataclass(frozen=True)
class Preferences:
    """The wishes of one page: `attribute` goes on <html>, `query` after the address of every link."""

    words: tuple[str, ...] = ()

    @property
    def attribute(self) -> str:
        """The words as a CSS attribute value (`[data-p~="grand"]`)."""
        return " ".join(self.words)

    @property
    def query(self) -> str:
        """`?p=grand.contraste`, or nothing."""
        return f"?p={'.'.join(self.words)}" if self.words else ""

    @property
    def choices(self) -> tuple[tuple[str, str, bool], ...]:
        """Every wish one may have: its word, its label, whether it is on."""
        return _choices(self.words, get_language() or "")


@lru_cache(maxsize=256)
def _choices(words: tuple[str, ...], language: str) -> tuple[tuple[str, str, bool], ...]:
    return tuple((word, str(label), word in words) for word, label in LABELS.items())


@lru_cache(maxsize=256)
def _known(values: tuple[str, ...]) -> Preferences:
    asked = {word for value in values for word in value.split(".")}
    return Preferences(tuple(word for word in LABELS if word in asked))


def parse(values: Iterable[str]) -> Preferences:
    """Keep the known words of `values` (each one or several joined by dots), in the order of LABELS."""
    return _known(tuple(value[:80] for value in values)[: len(LABELS)])


def carry(request: HttpRequest, url: str) -> str:
    """Return `url` with the preferences of `request`: for redirects."""
    query = parse(request.GET.getlist("p")).query
    return url + (query.replace("?", "&") if "?" in url else query)
