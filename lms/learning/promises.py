"""What a module owes its reader before it is published, on the plain mapping that a file holds (docs/learning.md).

`module`: what is shared (minutes, sources, review_by…); `words`: one language of it (title, summary, objectives, steps,
sheet), each block a mapping with one key, its kind. Nothing here asks the database: what the bank says of the embedded
items is the matter of whoever asks (lms.learning.gates for pages, lms.learning.modulefiles for files).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

Words = Mapping[str, Any]
FEWEST_OBJECTIVES, MOST_OBJECTIVES = 3, 5
FEWEST_STEPS, MOST_STEPS = 4, 7
LEAST_MINUTES, MOST_MINUTES = 12, 25
FEWEST_ITEMS, FEWEST_SOURCES = 4, 2
RESERVED_STEPS: Final = frozenset({"fiche", "bilan", "imprimer"})


@dataclass(frozen=True, slots=True)
class Broken:
    """A promise that is not held: where (`place`, as keys of the mapping) and what to do about it, in words."""

    place: tuple[str | int, ...]
    sentence: str | Promise


def broken_promises(module: Mapping[str, Any], words: Words) -> list[Broken]:
    """Return what keeps a module from being published, in the order of the page; nothing when it may be."""
    return [broken for rule in RULES for broken in rule(module, words)]


def blocks(words: Words) -> Iterator[tuple[tuple[str | int, ...], str, Any]]:
    """Yield the place, the kind and the value of each block of the steps, then of the sheet."""
    for place, step in enumerate(words.get("steps") or ()):
        yield from _of(step.get("blocks") or (), ("steps", place, "blocks"))
    yield from _of(words.get("sheet") or (), ("sheet",))


def _of(listed: Iterable[Mapping[str, Any]], place: tuple[str | int, ...]) -> Iterator[Any]:
    for index, block in enumerate(listed):
        for kind, value in block.items():
            yield (*place, index), kind, value


def _cover(module: Mapping[str, Any], words: Words) -> Iterator[Broken]:
    if not words.get("title"):
        yield Broken(("title",), _("Il manque un titre."))
    if not words.get("summary"):
        yield Broken(("summary",), _("Il manque un résumé d’une phrase."))
    if not FEWEST_OBJECTIVES <= len(words.get("objectives") or ()) <= MOST_OBJECTIVES:
        yield Broken(("objectives",), _("Il faut trois à cinq objectifs, chacun commençant par un verbe."))
    if not module.get("competencies"):
        yield Broken(("competencies",), _("Il manque la compétence principale."))


def _steps(module: Mapping[str, Any], words: Words) -> Iterator[Broken]:
    steps = words.get("steps") or ()
    if not FEWEST_STEPS <= len(steps) <= MOST_STEPS:
        yield Broken(("steps",), _("Un module a quatre à sept étapes."))
    counted = Counter(step.get("key") for step in steps)
    for place, step in enumerate(steps):
        key = step.get("key")
        if counted[key] > 1:
            yield Broken(("steps", place, "key"), _("Deux étapes ont la clé « %(key)s ».") % {"key": key})
        if key in RESERVED_STEPS:
            yield Broken(("steps", place, "key"), _("La clé « %(key)s » est déjà une adresse.") % {"key": key})
        if not step.get("blocks"):
            yield Broken(("steps", place), _("L’étape %(number)s est vide.") % {"number": place + 1})


def _minutes(module: Mapping[str, Any], words: Words) -> Iterator[Broken]:
    total, said = sum(step.get("minutes") or 0 for step in words.get("steps") or ()), module.get("minutes") or 0
    if total != said:
        sentence = ngettext(
            "Les étapes font %(total)s minute, et le module en annonce %(said)s.",
            "Les étapes font %(total)s minutes, et le module en annonce %(said)s.",
            total,
        )
        yield Broken(("minutes",), sentence % {"total": total, "said": said})
    if not LEAST_MINUTES <= said <= MOST_MINUTES:
        yield Broken(("minutes",), _("Un module dure de 12 à 25 minutes."))


def _teaching(module: Mapping[str, Any], words: Words) -> Iterator[Broken]:
    counted = Counter(kind for place, kind, _value in blocks(words) if place[0] == "steps")
    if not counted["situation"]:
        yield Broken(("steps",), _("Il manque une situation : un module part de ce que quelqu’un rencontre."))
    if counted["item"] < FEWEST_ITEMS and not counted["simulation"]:
        sentence = _("%(said)s : il en faut quatre, ou une simulation.")
        yield Broken(("steps",), sentence % {"said": _situations(counted["item"])})
    if not counted["figure"]:
        yield Broken(("steps",), _("Il manque une figure : un schéma ou un dessin."))
    if not words.get("sheet"):
        yield Broken(("sheet",), _("Il manque la fiche d’une page."))


def _situations(count: int) -> str:
    if not count:
        return str(_("Il n’y a aucune situation à décider"))
    said = ngettext("Il n’y a que %(n)s situation à décider", "Il n’y a que %(n)s situations à décider", count)
    return said % {"n": count}


def _media(module: Mapping[str, Any], words: Words) -> Iterator[Broken]:
    for place, kind, value in blocks(words):
        if kind == "figure" and not (value.get("alt") or "").strip():
            yield Broken(place, _("Une figure n’a pas son texte : dites en mots ce qu’elle montre."))
        if kind in ("video", "audio") and not has_words(value.get("transcript")):
            title = value.get("title") or kind
            yield Broken(
                place, _("« %(title)s » n’a pas sa transcription : sans elle, rien ne se publie.") % {"title": title}
            )


def _sources(module: Mapping[str, Any], words: Words) -> Iterator[Broken]:
    sources = module.get("sources") or ()
    if len({source.get("url") for source in sources}) < FEWEST_SOURCES:
        yield Broken(("sources",), _("Il faut deux sources différentes, ouvertes et lues."))
    for place, source in enumerate(sources):
        if not source.get("checked_at"):
            yield Broken(("sources", place), _("Une source n’a pas la date à laquelle elle a été lue."))
    if not module.get("review_by"):
        yield Broken(("review_by",), _("Il manque la date à laquelle relire le module."))


def has_words(html: Any) -> bool:
    """Say whether a rich text holds anything to read."""
    text, is_tag = str(html or ""), False
    for letter in text.replace("&nbsp;", " "):
        if letter in "<>":
            is_tag = letter == "<"
        elif not is_tag and letter.strip():
            return True
    return False


RULES: Final[tuple[Callable[[Mapping[str, Any], Words], Iterator[Broken]], ...]] = (
    _cover, _steps, _minutes, _teaching, _media, _sources,
)  # fmt: skip
