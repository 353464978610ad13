"""From pages back to module and journey files: what is published, in both languages."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from lms.learning.models import Journey, JourneyPage, Module, ModulePage
from lms.learning.modulefiles import from_pages
from lms.learning.modulefiles.reading import ENGLISH, FRENCH
from lms.learning.modulefiles.writer import file_text, write_bytes

from .media import stored_bytes, stored_name

Folder = Mapping[str, bytes]  # names of files to what they hold


def dump_content(*, path: Path) -> tuple[int, int]:
    """Write every module and journey to its files under `path`; return how many there are, and how many files changed.

    What was never published is left out, unless it came from a file (whose status is `draft`).
    """
    modules = {page.slug: module_folder(page) for page in _pages(ModulePage, Module)}
    journeys = {page.slug: journey_file(page) for page in _pages(JourneyPage, Journey)}
    changed = [
        write_bytes(path / "modules" / key / name, content)
        for key, folder in modules.items()
        for name, content in folder.items()
    ]
    changed += [write_bytes(path / "journeys" / f"{key}.yaml", content) for key, content in journeys.items()]
    return len(modules) + len(journeys), sum(changed)


def digest_of(folder: Folder) -> str:
    """Return the SHA-256 of files by name: what a row remembers of where it came from."""
    found = sha256()
    for name in sorted(folder):
        found.update(f"{name}\0{len(folder[name])}\0".encode() + folder[name])
    return found.hexdigest()


def module_folder(page: ModulePage) -> Folder:
    """Return the files of a module: its texts, its drawings, its pictures and documents."""
    key = str(page.slug)
    files = from_pages.Files(lambda kind, pk: stored_name(key, kind, pk))
    found = {FRENCH: file_text(from_pages.module_data(_spoken(page), files))}
    for other in _translations(page):
        words = from_pages.words_data(_spoken(other), files)
        found[ENGLISH] = file_text({"key": key, "en": words})
    kept = {name: stored_bytes(kind, pk) for name, (kind, pk) in files.stored.items()}
    return {**{name: text.encode() for name, text in {**found, **files.drawings}.items()}, **kept}


def journey_file(page: JourneyPage) -> bytes:
    """Return the file of a journey."""
    translations = {other.locale.language_code: _spoken(other) for other in _translations(page)}
    return file_text(from_pages.journey_data(_spoken(page), translations)).encode()


def _pages(model: Any, entry: Any) -> Iterator[Any]:
    """The French pages that go to files."""
    from_files = set(entry.objects.exclude(file_digest="").order_by("key").values_list("key", flat=True))
    pages = model.objects.filter(locale__language_code="fr").select_related("locale").order_by("slug")
    return (page for page in pages if page.live or page.slug in from_files)


def _translations(page: Any) -> list[Any]:
    """The English page, when it goes with what is written: published, or a draft beside a draft."""
    model = type(page)
    others = model.objects.filter(translation_key=page.translation_key, locale__language_code="en").select_related(
        "locale"
    )
    return [other for other in others.order_by("pk") if other.live or not page.live]


def _spoken(page: Any) -> Any:
    """What readers see; of a draft, what was last written."""
    return page if page.live else page.get_latest_revision_as_object()
