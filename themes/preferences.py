"""What a reader asks of the display. It travels in the address (`?p=grand.contraste`): no account, no cookie.

Where a reader asked to have it kept, one cookie says it (`themes.keeping`); the address, when it speaks, is right.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

COOKIE = "affichage"
SIZES = {
    "": _("Ordinaire"),
    "grand": _("Plus grand"),
    "geant": _("Bien plus grand"),
}
LABELS = {
    "dyslexie": _("Lettres plus faciles à distinguer"),
    "espace": _("Plus d’espace"),
    "contraste": _("Contraste fort"),
    "sombre": _("Fond sombre"),
    "calme": _("Rien qui bouge"),
}
WORDS = (*filter(None, SIZES), *LABELS)
BETWEEN = re.compile(r"[.\s]+")


@dataclass(frozen=True)
class Preferences:
    """The wishes of one page: `attribute` goes on <html>, `query` after the address of every link.

    `kept` are those of the cookie: what they say need not travel.
    """

    words: tuple[str, ...] = ()
    kept: tuple[str, ...] | None = None

    @property
    def attribute(self) -> str:
        """The words as a CSS attribute value (`[data-p~="grand"]`)."""
        return " ".join(self.words)

    @property
    def value(self) -> str:
        """The words as the address says them: `grand.contraste`."""
        return ".".join(self.words)

    @property
    def query(self) -> str:
        """`?p=grand.contraste`, or nothing when there is nothing to say, or the cookie says it."""
        return f"?p={self.value}" if self.words != (self.kept or ()) else ""

    @property
    def size(self) -> str:
        """The word of the size of the text, or nothing."""
        return next((word for word in SIZES if word and word in self.words), "")

    @property
    def sizes(self) -> tuple[tuple[str, str, bool], ...]:
        """Every size of the text: its word, its label, whether it is the present one."""
        return _sizes(self.size, get_language() or "")

    @property
    def choices(self) -> tuple[tuple[str, str, bool], ...]:
        """Every other wish one may have: its word, its label, whether it is on."""
        return _choices(self.words, get_language() or "")

    @property
    def panel(self) -> SafeString:
        """The fields of the display panel, as the wishes are: drawn once for each set of them and language."""
        return _panel(self.words, get_language() or "")

    @property
    def is_kept(self) -> bool:
        """Whether the cookie says what this page shows."""
        return self.kept == self.words


@lru_cache(maxsize=256)
def _panel(words: tuple[str, ...], language: str) -> SafeString:
    return render_to_string("components/wishes.html", {"preferences": Preferences(words)})


@lru_cache(maxsize=256)
def _choices(words: tuple[str, ...], language: str) -> tuple[tuple[str, str, bool], ...]:
    return tuple((word, str(label), word in words) for word, label in LABELS.items())


@lru_cache(maxsize=16)
def _sizes(size: str, language: str) -> tuple[tuple[str, str, bool], ...]:
    return tuple((word, str(label), word == size) for word, label in SIZES.items())


@lru_cache(maxsize=256)
def _known(values: tuple[str, ...], kept: tuple[str, ...] | None) -> Preferences:
    asked = {word for value in values for word in BETWEEN.split(value)}
    if "geant" in asked:
        asked.discard("grand")
    return Preferences(tuple(word for word in WORDS if word in asked), kept)


def parse(values: Iterable[str], kept: tuple[str, ...] | None = None) -> Preferences:
    """Keep the known words of `values` (each one or several joined by dots), in the order of WORDS, and one size."""
    return _known(tuple(value[:80] for value in values)[: len(WORDS) + 1], kept)


def of(request: HttpRequest) -> Preferences:
    """Return the wishes of a page: its address when it says some, even none (`?p=`), else the cookie."""
    cookie = request.COOKIES.get(COOKIE) if request.COOKIES else None
    kept = parse([cookie]).words if cookie else None
    if request.GET and "p" in request.GET:
        return parse(request.GET.getlist("p"), kept)
    return parse(kept or (), kept)


def carry(request: HttpRequest, url: str) -> str:
    """Return `url` with the preferences of `request`: for redirects."""
    query = of(request).query
    return url + (query.replace("?", "&") if "?" in url else query)
