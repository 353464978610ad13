"""Keeping what search and the glossary read at what the published pages say."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db import transaction

from lms.learning.models import Module, ModulePage, SearchEntry, TermEntry
from lms.learning.modulefiles.from_pages import unwrapped
from lms.learning.modulefiles.markdown import words as words_of
from lms.learning.prose import clean_html

from .normalising import indexed

# What of a block is not said to its reader.
UNSAID: Final = frozenset({"key", "drawing", "image", "file", "file_name", "url", "item", "simulation", "minutes"})
Entries = list[SearchEntry]


@transaction.atomic
def index_page(page: ModulePage) -> None:
    """Write the words and the terms of a published page, in the place of what was there."""
    forget_page(page)
    module = Module.objects.filter(uuid=page.translation_key).order_by("pk").first()
    if module is None or not page.live:
        return
    language, steps = page.locale.language_code, _raw(page, "steps")
    found = [_cover(page), *(_step(step["step"], place) for place, step in enumerate(steps, start=1))]
    for entry in found:
        entry.module, entry.language = module, language
    SearchEntry.objects.bulk_create(found)
    TermEntry.objects.bulk_create(_terms(module, language, steps))


def forget_page(page: ModulePage) -> None:
    """Remove what search and the glossary know of a page."""
    for model in (SearchEntry, TermEntry):
        model.objects.filter(module__uuid=page.translation_key, language=page.locale.language_code).delete()


@transaction.atomic
def index_everything() -> int:
    """Write the words and terms of all published pages again; return how many pages there are."""
    for model in (SearchEntry, TermEntry):
        model.objects.all().delete()
    pages = list(ModulePage.objects.filter(live=True).select_related("locale").order_by("pk"))
    for page in pages:
        index_page(page)
    return len(pages)


def _raw(page: ModulePage, name: str) -> list[Any]:
    found: list[Any] = unwrapped(page._meta.get_field(name).stream_block, getattr(page, name).get_prep_value())
    return found


def _cover(page: ModulePage) -> SearchEntry:
    said = [page.summary, *(entry["objective"] for entry in _raw(page, "objectives"))]
    return _entry(page.title, said, "", 0)


def _step(step: Mapping[str, Any], place: int) -> SearchEntry:
    return _entry(step["title"], list(_said(step["blocks"])), step["key"], place)


def _entry(title: str, said: list[str], step: str, position: int) -> SearchEntry:
    text = "\n".join(part for part in said if part)
    return SearchEntry(
        step=step,
        position=position,
        title=title,
        text=text,
        title_words=indexed(title),
        words=indexed(f"{title}\n{text}"),
    )


def _said(value: Any) -> Iterator[str]:
    """Yield every text that a raw value says, without its markup."""
    if isinstance(value, str):
        yield words_of(value) if "<" in value else value
    elif isinstance(value, Mapping):
        for name, entry in value.items():
            if name not in UNSAID:
                yield from _said(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _said(entry)


def _terms(module: Module, language: str, steps: list[Any]) -> list[TermEntry]:
    found = [
        (step["step"]["key"], block["term"]) for step in steps for block in step["step"]["blocks"] if "term" in block
    ]
    return [
        TermEntry(
            module=module,
            language=language,
            step=key,
            position=position,
            term=term["term"].strip(),
            definition=clean_html(term["definition"]),
        )
        for position, (key, term) in enumerate(found)
    ]
