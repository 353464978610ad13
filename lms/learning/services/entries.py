"""Keeping the rows of modules and journeys at what their published pages say."""

from typing import Any

from django.db import transaction

from lms.learning.models import Journey, JourneyPage, Module, ModulePage
from lms.learning.models.entry import Entry
from lms.learning.raw import embedded_items

FRENCH = "fr"


@transaction.atomic
def follow_module(page: ModulePage, *, is_edited: bool = False) -> Module:
    """Bring the module's row to what its published pages say, after one of them changed."""
    entry = _entry(Module, page)
    pages = _live(ModulePage, page)
    _follow_words(entry, pages)
    if main := pages.get(FRENCH):
        for name in ("competencies", "level", "audiences", "professions", "minutes", "mark", "review_by"):
            setattr(entry, name, getattr(main, name))
        entry.steps = [{"key": step.value["key"], "minutes": step.value["minutes"]} for step in main.steps]
        entry.item_keys = embedded_items(main.steps.get_prep_value())
    module: Module = _saved(entry, pages, is_edited)
    return module


@transaction.atomic
def follow_journey(page: JourneyPage, *, is_edited: bool = False) -> Journey:
    """Bring the journey's row to what its published pages say, after one of them changed."""
    entry = _entry(Journey, page)
    pages = _live(JourneyPage, page)
    _follow_words(entry, pages)
    if main := pages.get(FRENCH):
        entry.audience, entry.professions, entry.competencies = main.audience, main.professions, main.competencies
        entry.parts = [_part(part.value, pages) for part in main.parts]
    journey: Journey = _saved(entry, pages, is_edited)
    return journey


@transaction.atomic
def forget_page(page: ModulePage | JourneyPage) -> None:
    """Say that `page` is withdrawn or removed; the row stays, and with it what people have done."""
    model: type[Entry] = Module if isinstance(page, ModulePage) else Journey
    entry = model.objects.filter(uuid=page.translation_key).order_by("pk").first()  # type: ignore[attr-defined]
    if entry is not None:
        entry.languages = [code for code in entry.languages if code != page.locale.language_code]
        entry.is_published = FRENCH in entry.languages
        entry.save()


def _entry(model: Any, page: ModulePage | JourneyPage) -> Any:
    """Return the row of a page: by translation key, else by key (a page written again after it was deleted)."""
    rows = model.objects.order_by("pk")
    found = rows.filter(uuid=page.translation_key).first() or rows.filter(key=page.slug).first() or model()
    found.uuid = page.translation_key
    is_named_here = page.locale.language_code == FRENCH or not found.key
    if is_named_here and not rows.filter(key=page.slug).exclude(pk=found.pk).exists():
        found.key = page.slug
    return found


def _live(model: Any, page: ModulePage | JourneyPage) -> dict[str, Any]:
    rows = model.objects.filter(translation_key=page.translation_key, live=True).select_related("locale")
    found = {row.locale.language_code: row for row in rows.order_by("pk")}
    return {code: found[code] for code in sorted(found, key=lambda code: (code != FRENCH, code))}


def _follow_words(entry: Entry, pages: dict[str, Any]) -> None:
    entry.titles = {**entry.titles, **{code: page.title for code, page in pages.items()}}
    entry.summaries = {**entry.summaries, **{code: page.summary for code, page in pages.items()}}


def _saved(entry: Any, pages: dict[str, Any], is_edited: bool) -> Any:
    entry.languages = list(pages)
    entry.is_published = FRENCH in pages
    entry.is_edited = entry.is_edited or is_edited
    entry.save()
    return entry


def _part(part: Any, pages: dict[str, Any]) -> dict[str, Any]:
    titles = {
        code: same.value["title"]
        for code, page in pages.items()
        for same in page.parts
        if same.value["key"] == part["key"]
    }
    modules, reserved = list(part["modules"]), list(part["reserved"])
    found = {"key": part["key"], "titles": titles, "modules": modules, "hours": part["hours"] or 0}
    return {**found, "reserved": reserved} if reserved else found
