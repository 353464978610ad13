"""The files a module shows: they are in its folder, and a drawing is one that pages accept."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from defusedxml.ElementTree import fromstring

from lms.learning.blocks.media import RECORDINGS, VIDEOS
from lms.learning.drawings import RefusedDrawing, clean_drawing
from question_bank.api import files

from .reading import ENGLISH, FRENCH, ModuleFiles
from .walking import blocks

FIELDS: Final = {"figure": ("drawing", "image"), "file": ("file",), "video": ("file",), "audio": ("file",)}
KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "drawing": (".svg",),
    "image": (".jpg", ".jpeg", ".png", ".webp", ".avif"),
    "file": (".pdf", ".odt", ".ods", ".odp", ".docx", ".xlsx", ".csv", ".txt", ".zip"),
    "video": VIDEOS,
    "audio": RECORDINGS,
}
MOST_BYTES: Final = {
    "drawing": 60_000,
    "image": 2_000_000,
    "file": 10_000_000,
    "video": 200_000_000,
    "audio": 50_000_000,
}


def shown_files(words: Mapping[str, Any], language: str) -> Iterator[tuple[files.Keys, str, str]]:
    """Yield the place, the kind (drawing, image, file, video, audio) and the name of each file that blocks show."""
    for keys, kind, value in blocks(words, language):
        for field in FIELDS.get(kind, ()):
            if field in value:
                yield (*keys, field), field if kind == "figure" else kind, value[field]


def file_problems(module: ModuleFiles, language: str) -> Iterator[files.Problem]:
    """Yield what is wrong with the files that one language shows, and the files nobody shows."""
    for keys, kind, name in shown_files(module.data[language], language):
        yield from ((keys, sentence) for sentence in _problems(module.folder / name, kind))
    if language == "fr":
        yield from _unshown(module)


def _problems(path: Path, kind: str) -> Iterator[str]:
    if path.suffix not in KINDS[kind]:
        yield f"“{path.name}” is not a {kind}: {', '.join(KINDS[kind])}"
    elif not path.is_file():
        yield f"no file “{path.name}” in the module’s folder"
    elif path.stat().st_size > MOST_BYTES[kind]:
        yield f"“{path.name}” is larger than {MOST_BYTES[kind] // 1000} KB"
    elif kind == "drawing":
        yield from drawing_problems(path)


def drawing_problems(path: Path) -> Iterator[str]:
    """Yield why pages would not take a drawing, or not whole."""
    try:
        text = path.read_text(encoding="utf-8")
        kept = clean_drawing(text)
    except (RefusedDrawing, UnicodeDecodeError) as error:
        yield f"“{path.name}” is not a drawing that pages accept: {error}"
        return
    for what in lost(text, kept):
        yield f"pages take {what} away from “{path.name}”: draw with the classes of docs/modules.md"


def lost(text: str, kept: str) -> list[str]:
    """Return what cleaning takes away from a drawing, but its size and comments: elements, attributes, classes."""
    before, after = _parts(text), _parts(kept)
    return sorted(f"{name} ({count - after[name]} times)" for name, count in before.items() if count > after[name])


def _parts(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for depth, element in enumerate(fromstring(text.strip(), forbid_dtd=True).iter()):
        if isinstance(element.tag, str):
            found[f"<{element.tag.rpartition('}')[2]}>"] += 1
            found.update(f"the class “{word}”" for word in element.get("class", "").split() if depth)
            found.update(f"the attribute “{name}”" for name in element.attrib if depth and name != "class")
    return found


def _unshown(module: ModuleFiles) -> Iterator[files.Problem]:
    languages = [language for language in ("fr", "en") if language in module.data]
    shown = {name for language in languages for _keys, _kind, name in shown_files(module.data[language], language)}
    here = {path.name for path in module.folder.iterdir() if path.is_file()} - {FRENCH, ENGLISH}
    for name in sorted(here - shown):
        yield ("fr",), f"no block shows “{name}”, which is in the module’s folder"
