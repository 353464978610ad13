"""Telling an author, once a page is saved, what was taken away from its drawings."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.translation import gettext as _

from .drawings import RefusedDrawing, Removed, removed_from

FIELD, DELETED = "-value-drawing", "-deleted"
MOST: Final = 6  # names of one kind that a sentence says


def removals(posted: Mapping[str, str]) -> list[str]:
    """Return a sentence for each drawing of a posted form from which something was taken away."""
    drawn = {name: text for name, text in posted.items() if name.endswith(FIELD) and _stays(name, posted)}
    found = [(posted.get(_beside(name, "alt"), ""), _lost(text)) for name, text in drawn.items() if text.strip()]
    return [_told(alt, lost) for alt, lost in found if lost]


def _beside(name: str, field: str) -> str:
    return f"{name.removesuffix('drawing')}{field}"


def _stays(name: str, posted: Mapping[str, str]) -> bool:
    return not posted.get(f"{name.removesuffix(FIELD)}{DELETED}")


def _lost(text: str) -> Removed | None:
    try:
        return removed_from(text)
    except RefusedDrawing:  # then the form says so, and keeps it
        return None


def _told(alt: str, lost: Removed) -> str:
    kinds = (
        (_("éléments : %(names)s"), lost.elements),
        (_("attributs : %(names)s"), lost.attributes),
        (_("couleurs, que les classes remplacent : %(names)s"), lost.colours),
        (_("classes inconnues : %(names)s"), lost.classes),
    )
    said = " ; ".join(words % {"names": _named(names)} for words, names in kinds if names)
    title = _("Du dessin « %(alt)s »") % {"alt": alt[:80]} if alt else _("D’un dessin")
    return _("%(title)s, la page ne garde pas ceci. %(said)s. Regardez l’aperçu avant d’envoyer en relecture.") % {
        "title": title,
        "said": said[:1].upper() + said[1:],
    }


def _named(names: Iterable[str]) -> str:
    known = [name[:40] for name in names]
    return ", ".join(known[:MOST]) + (_(" et d’autres") if len(known) > MOST else "")
