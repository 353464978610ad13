"""Writing modules and journeys from elsewhere than /cms/: files, the demonstration, tests."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from wagtail.models import Locale

from lms.learning.blocks import identified
from lms.learning.cleaning import cleaned_raw
from lms.learning.models import Journey, JourneyPage, Module, ModulePage
from lms.learning.prose import clean_html
from lms.learning.types import JourneyFacts, JourneyWords, ModuleFacts, ModuleWords

from .entries import follow_journey, follow_module
from .trees import catalogue

FRENCH = "fr"


@transaction.atomic
def write_module(
    *, key: str, shared: ModuleFacts, words: Mapping[str, ModuleWords], publish: bool = True, digest: str = ""
) -> Module:
    """Write the French page of a module and its translations, making or changing them; return the module's row.

    The gates (lms.learning.promises) are not asked: files are checked before they are loaded. A translation that
    `words` no longer holds is left as it is. `digest`: of the file; the row keeps it and is no longer marked as edited.
    """
    pages = {code: _module_page(key, code, shared, words[code]) for code in _in_order(words)}
    _put(pages, publish)
    entry = follow_module(pages[FRENCH])
    return _loaded(entry, digest)  # type: ignore[return-value]


@transaction.atomic
def write_journey(
    *, key: str, shared: JourneyFacts, words: Mapping[str, JourneyWords], publish: bool = True, digest: str = ""
) -> Journey:
    """Write the French page of a journey and its translations, as `write_module` does."""
    pages = {code: _journey_page(key, code, shared, words[code]) for code in _in_order(words)}
    _put(pages, publish)
    entry = follow_journey(pages[FRENCH])
    return _loaded(entry, digest)  # type: ignore[return-value]


def _in_order(words: Mapping[str, Any]) -> list[str]:
    """French first: the others are its translations."""
    return sorted(words, key=lambda code: (code != FRENCH, code))


def _module_page(key: str, language: str, shared: ModuleFacts, words: ModuleWords) -> ModulePage:
    page: ModulePage = _page(ModulePage, key, language, words.title)
    for name in ("competencies", "audiences", "professions"):
        setattr(page, name, list(getattr(shared, name)))
    page.level, page.minutes, page.mark, page.review_by = shared.level, shared.minutes, shared.mark, shared.review_by
    page.summary = words.summary
    _fill(page, "sources", [{"type": "source", "value": _source(source)} for source in shared.sources], key)
    _fill(page, "objectives", [{"type": "objective", "value": said} for said in words.objectives], key)
    _fill(page, "steps", [{"type": "step", "value": _step(step)} for step in words.steps], key)
    _fill(page, "sheet", words.sheet, key)
    return page


def _source(source: Mapping[str, Any]) -> dict[str, Any]:
    return {**source, "checked_at": str(source["checked_at"]), "facts": list(source.get("facts", ()))}


def _step(step: Any) -> dict[str, Any]:
    return {"key": step.key, "title": step.title, "minutes": step.minutes, "blocks": list(step.blocks)}


def _journey_page(key: str, language: str, shared: JourneyFacts, words: JourneyWords) -> JourneyPage:
    page: JourneyPage = _page(JourneyPage, key, language, words.title)
    page.audience, page.summary, page.intro = shared.audience, words.summary, clean_html(words.intro)
    page.professions, page.competencies = list(shared.professions), list(shared.competencies)
    _fill(page, "parts", [{"type": "part", "value": asdict(part)} for part in words.parts], key)
    return page


def _fill(page: Any, name: str, raw: Any, key: str) -> None:
    """Set a field to raw blocks, cleaned and with stable ids."""
    block = page._meta.get_field(name).stream_block
    setattr(page, name, block.to_python(identified(block, cleaned_raw(block, list(raw)), f"{key}/{name}")))


def _page(model: Any, key: str, language: str, title: str) -> Any:
    """Return the page of `key` in `language`, unsaved changes and all; made below its catalogue when there is none."""
    parent = catalogue(language)
    found = model.objects.child_of(parent).filter(slug=key).order_by("pk").first()
    if found is None:
        locale = Locale.objects.get(language_code=language)
        found = model(title=title, slug=key, locale=locale, live=False)
        if language != FRENCH:
            found.translation_key = model.objects.child_of(catalogue(FRENCH)).get(slug=key).translation_key
        parent.add_child(instance=found)
    found.title = found.draft_title = title
    return found


def _put(pages: Mapping[str, Any], publish: bool) -> None:
    for page in pages.values():
        revision = page.save_revision(clean=False)
        if publish:
            page.put_live(revision)
            page.refresh_from_db()


def _loaded(entry: Module | Journey, digest: str) -> Module | Journey:
    entry.file_digest, entry.is_edited = digest, False
    entry.save(update_fields=["file_digest", "is_edited", "updated_at"])
    return entry
