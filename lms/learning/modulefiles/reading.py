"""From a folder of module and journey files to what they say, and every problem with its file and line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kernel.datafile import DataFile, DataFileError
from question_bank.api import files

from .shape import JOURNEY, JOURNEY_ORDER, MODULE, MODULE_ORDER, TRANSLATION

CONTENT: Final = Path(__file__).resolve().parent.parent / "content"
MOST_BYTES, MOST_DEPTH = 256 * 1024, 14
FRENCH, ENGLISH = "fr.yaml", "en.yaml"


@dataclass(frozen=True)
class ContentFile:
    """One file as it was written; `data` is what it means, in canonical order, where its shape is right."""

    path: Path
    data: dict[str, Any]
    file: DataFile
    shape_problems: tuple[files.Problem, ...]

    def wrong(self) -> frozenset[str]:
        """Return the names of the top fields with something wrong in them."""
        return frozenset(str(keys[0]) for keys, _sentence in self.shape_problems if keys)

    def said(self, problems: Iterable[files.Problem]) -> list[str]:
        """Return problems as complaints with file and line."""
        return [self.file.at(sentence, *keys) for keys, sentence in problems]


@dataclass(frozen=True)
class ModuleFiles:
    """A module's folder: its French file, its English one if there is one."""

    folder: Path
    french: ContentFile
    english: ContentFile | None

    @property
    def key(self) -> str:
        """The name of the folder."""
        return self.folder.resolve().name

    @property
    def data(self) -> dict[str, Any]:
        """What the module says: the French file, and `en` beside `fr`."""
        return {**self.french.data, **({"en": self.english.data["en"]} if self.english else {})}

    @property
    def status(self) -> str:
        """Published unless the file says draft."""
        return str(self.french.data.get("status", "published"))


def module_folders(path: Path) -> list[Path]:
    """Return the folders of modules under `path`, which may be one itself."""
    return sorted({file.parent for name in (FRENCH, ENGLISH) for file in path.rglob(name)})


def journey_paths(path: Path) -> list[Path]:
    """Return the journey files under `path`: those of a folder called `journeys`, or the one file it is."""
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*.yaml") if file.resolve().parent.name == "journeys")


def read_module(folder: Path, problems: list[str]) -> ModuleFiles | None:
    """Return a module, or None when its French file cannot be read; what is wrong goes to `problems`."""
    french = read_file(folder / FRENCH, MODULE, MODULE_ORDER, problems)
    has_english = (folder / ENGLISH).exists()
    english = read_file(folder / ENGLISH, TRANSLATION, ("key", "en"), problems) if has_english else None
    return ModuleFiles(folder, french, english) if french else None


def read_journey(path: Path, problems: list[str]) -> ContentFile | None:
    """Return a journey, or None when its file cannot be read."""
    return read_file(path, JOURNEY, JOURNEY_ORDER, problems)


def read_file(path: Path, shape: files.Shape, order: tuple[str, ...], problems: list[str]) -> ContentFile | None:
    """Return a file with what is wrong with its shape, or None (and why, in `problems`) when it is not YAML."""
    shown = files.shown(path)
    try:
        file = files.read_item_file(shown, most_bytes=MOST_BYTES, most_depth=MOST_DEPTH)
    except DataFileError as error:
        problems.extend(error.problems)
        return None
    wrong: list[files.Problem] = []
    found = shape(file.value, (), lambda keys, sentence: wrong.append((keys, _of_file(sentence))))
    return ContentFile(shown, _in(order, found), file, tuple(wrong))


def _of_file(sentence: str) -> str:
    return f"the file{sentence.removeprefix('the item')}" if sentence.startswith("the item ") else sentence


def _in(order: tuple[str, ...], found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in order if name in found}
