"""The gates of a page: its promises, and what the bank says of the items it embeds. Asked before it is published."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from question_bank.api import current_release_id, release
from question_bank.errors import NoRelease

from .models import JourneyPage, Module, ModulePage
from .promises import blocks, broken_promises
from .raw import PRACTICE, plain

SHARED = ("competencies", "minutes", "review_by")


def ensure_publishable(page: Any) -> None:
    """Raise ValidationError with every sentence when `page` may not be published as it is."""
    found = problems(page)
    if found:
        raise ValidationError(found)


def problems(page: Any) -> list[str]:
    """Return what is to mend before `page` is published, each in a sentence; none when it may be."""
    return list(dict.fromkeys(sentence for _field, sentence in placed_problems(page)))


def placed_problems(page: Any) -> list[tuple[str, str]]:
    """Return the same, each after the field of the page that it is about ("" when it is about the whole)."""
    of_page = {ModulePage: _of_module, JourneyPage: _of_journey}.get(type(page))
    return list(dict.fromkeys((*_of_translation(page), *of_page(page)))) if of_page else []


def _of_translation(page: Any) -> Iterator[tuple[str, str]]:
    """Say how many sentences of a translation are still those of its source; nothing when it is not one."""
    from .reviewing import translation_of

    found = translation_of(page)
    total, translated = found.get_progress() if found else (0, 0)
    if total > translated:
        said = ngettext(
            "Il reste %(n)d phrase à traduire : elle paraîtrait dans la langue d’origine.",
            "Il reste %(n)d phrases à traduire : elles paraîtraient dans la langue d’origine.",
            total - translated,
        )
        yield "", said % {"n": total - translated}


def as_mapping(page: ModulePage) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what is shared and the words of a page, as a file would hold them."""
    shared = {name: getattr(page, name) for name in SHARED}
    shared["sources"] = _said(page, "sources", "source")
    words = {
        "title": page.title,
        "summary": page.summary,
        "objectives": _said(page, "objectives", "objective"),
        "steps": _said(page, "steps", "step"),
        "sheet": plain(page.sheet.stream_block, page.sheet.get_prep_value()),
    }
    return shared, words


def _said(page: ModulePage, name: str, kind: str) -> list[Any]:
    """Return the values of a field that holds one kind of block."""
    value = getattr(page, name)
    return [entry[kind] for entry in plain(value.stream_block, value.get_prep_value())]


def _of_module(page: ModulePage) -> Iterator[tuple[str, str]]:
    shared, words = as_mapping(page)
    for broken in broken_promises(shared, words):
        yield str(broken.place[0]), str(broken.sentence)
    for sentence in _of_items(words, page.locale.language_code):
        yield "steps", sentence
    if _is_review_past(shared):
        yield (
            "review_by",
            _("La relecture est prévue avant que les sources aient été lues : donnez une date qui suive."),
        )


def _is_review_past(shared: Mapping[str, Any]) -> bool:
    """Say whether the day of the review does not follow the last day a source was read (both told as ISO dates)."""
    read = [str(source["checked_at"]) for source in shared["sources"] if source.get("checked_at")]
    return bool(read and shared["review_by"]) and str(shared["review_by"]) <= max(read)


def _of_items(words: Mapping[str, Any], language: str) -> Iterator[str]:
    shown = [(kind, value) for _place, kind, value in blocks(words) if kind in PRACTICE]
    known = served_items() if shown else {}
    for kind, key in shown:
        yield from _of_item(kind, key, known.get(key), language)


def _of_item(kind: str, key: str, entry: Any, language: str) -> Iterator[str]:
    if entry is None:
        yield _("La situation « %(key)s » n’existe pas dans la banque, ou n’est pas publiée.") % {"key": key}
        return
    if language not in entry.locales:
        yield _("La situation « %(key)s » n’est pas écrite dans la langue de la page.") % {"key": key}
    if (entry.interaction == "simulation") != (kind == "simulation"):
        yield _("« %(key)s » : une simulation va dans un bloc Simulation, les autres non.") % {"key": key}


def _of_journey(page: JourneyPage) -> Iterator[tuple[str, str]]:
    named = [key for part in page.parts for name in ("modules", "reserved") for key in part.value[name]]
    if not named:
        yield "parts", _("Un parcours a au moins un module.")
    known = set(Module.objects.filter(key__in=named, is_published=True).order_by("key").values_list("key", flat=True))
    for key in dict.fromkeys(named):
        if key not in known:
            yield "parts", _("Le module « %(key)s » n’existe pas, ou n’est pas publié.") % {"key": key}


def served_items() -> dict[str, Any]:
    """Return the items that are served now, by key."""
    try:
        return {entry.key: entry for entry in release(current_release_id()).entries}
    except NoRelease:
        return {}
