"""From module and journey files to pages: whole, or not at all; the same files twice change nothing."""

from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from lms.learning.errors import ModuleFilesRefused
from lms.learning.models import HomePage, Journey, JourneyPage, Module, ModulePage
from lms.learning.models.entry import Entry
from lms.learning.modulefiles import to_pages
from lms.learning.modulefiles.checking import read_content
from lms.learning.modulefiles.pictures import shown_files
from lms.learning.modulefiles.reading import CONTENT, ContentFile, ModuleFiles
from lms.learning.modulefiles.writer import tidied, tidied_journey
from lms.learning.types import LoadReport

from .dumping import Folder, digest_of, journey_file, module_folder
from .home import create_home_pages
from .media import store
from .writing import write_journey, write_module

CREATED, UPDATED, UNCHANGED, EDITED = "created", "updated", "unchanged", "edited"


def load_content(*, path: Path = CONTENT, force: bool = False) -> LoadReport:
    """Load every module, then every journey, under `path`; publish those whose status is published.

    Raises ModuleFilesRefused, with every line that breaks a rule and nothing written.
    A page edited in /cms/ is reported and left as it is, unless `force`.
    """
    content = read_content(path)
    if content.problems:
        raise ModuleFilesRefused(list(content.problems))
    outcome: dict[str, list[str]] = defaultdict(list)
    with transaction.atomic():
        if not HomePage.objects.exists():
            create_home_pages()
        known = {**_locked(Module), **_locked(Journey)}
        for module in content.modules:
            outcome[_load_module(module, known.pop(module.key, None), force)].append(module.key)
        for journey in content.journeys:
            key = journey.data["key"]
            outcome[_load_journey(journey, known.pop(key, None), force)].append(key)
        outcome["absent"] = sorted(known)
    return LoadReport(**{name: tuple(outcome[name]) for name in (CREATED, UPDATED, UNCHANGED, EDITED, "absent")})


def _locked(model: Any) -> dict[str, Entry]:
    """Every row, locked until the load is over, so that two loads wait for each other."""
    return {row.key: row for row in model.objects.select_for_update().order_by("pk")}


def _load_module(module: ModuleFiles, entry: Entry | None, force: bool) -> str:
    digest = digest_of(_folder(module))
    outcome = _outcome(ModulePage, module_folder, module.key, entry, digest, force)
    if outcome in (CREATED, UPDATED):
        write_module(
            key=module.key,
            shared=to_pages.module_facts(module.french.data),
            words=to_pages.module_words(module, partial(store, module.key)),
            publish=module.status == "published",
            digest=digest,
        )
        _withdraw(ModulePage, module.key, module.status)
    return outcome


def _load_journey(journey: ContentFile, entry: Entry | None, force: bool) -> str:
    key, status = journey.data["key"], journey.data.get("status", "published")
    digest = digest_of({f"{key}.yaml": tidied_journey(journey).encode()})
    outcome = _outcome(JourneyPage, _journey_folder, key, entry, digest, force)
    if outcome in (CREATED, UPDATED):
        facts, words = to_pages.journey_facts(journey.data), to_pages.journey_words(journey.data)
        write_journey(key=key, shared=facts, words=words, publish=status == "published", digest=digest)
        _withdraw(JourneyPage, key, status)
    return outcome


def _outcome(model: Any, folder_of: Any, key: str, entry: Entry | None, digest: str, force: bool) -> str:
    """Say what is to be done with a page. What was edited, and says what the file says, is no longer edited."""
    page = model.objects.filter(slug=key, locale__language_code="fr").order_by("pk").first()
    if entry is None or page is None:
        return CREATED
    drafts = _pages_being_written(page)
    if not force and (entry.is_edited or drafts):
        if digest_of(folder_of(page)) != digest:
            return EDITED
        if any(draft.has_unpublished_changes for draft in drafts):
            return UNCHANGED  # what is published is what the file says; the draft is somebody's
    return UPDATED if entry.file_digest != digest or entry.is_edited or (force and drafts) else UNCHANGED


def _pages_being_written(page: Any) -> list[Any]:
    """The page and its translations in which somebody's words came after those of the file."""
    pages = type(page).objects.filter(translation_key=page.translation_key).select_related("latest_revision")
    return [one for one in pages.order_by("pk") if one.latest_revision and one.latest_revision.user_id]


def _folder(module: ModuleFiles) -> Folder:
    found = {name: text.encode() for name, text in tidied(module).items()}
    for language in ("fr", "en"):
        if language in module.data:
            for _keys, _kind, name in shown_files(module.data[language], language):
                found.setdefault(name, (module.folder / name).read_bytes())
    return found


def _journey_folder(page: JourneyPage) -> Folder:
    return {f"{page.slug}.yaml": journey_file(page)}


def _withdraw(model: Any, key: str, status: str) -> None:
    """A file that is a draft again takes its pages off the site."""
    if status == "draft":
        for page in model.objects.filter(slug=key, live=True).order_by("pk"):
            page.unpublish()
