"""Reading all that a folder holds and checking it, without a database."""

from dataclasses import dataclass
from pathlib import Path

from question_bank.api import files

from .coverage import Coverage, Targets, coverage
from .glossary import GLOSSARY, glossary_problems
from .journeys import journey_problems
from .reading import CONTENT, ContentFile, ModuleFiles, journey_paths, module_folders, read_journey, read_module
from .rules import module_problems


@dataclass(frozen=True)
class ReadContent:
    """What was read: the modules and journeys whose shape is right, and every problem (`file:line: sentence`)."""

    modules: tuple[ModuleFiles, ...]
    journeys: tuple[ContentFile, ...]
    problems: tuple[str, ...]


def read_content(path: Path = CONTENT) -> ReadContent:
    """Read every module and journey under `path` and check each; the modules of lms/learning/content exist."""
    problems: list[str] = []
    modules = [found for folder in module_folders(path) if (found := read_module(folder, problems))]
    for module in modules:
        problems.extend(module_problems(module))
    known = frozenset(folder.resolve().name for place in (path, CONTENT) for folder in module_folders(place))
    journeys = [journey for file in journey_paths(path) if (journey := read_journey(file, problems))]
    for journey in journeys:
        problems.extend(journey_problems(journey, known))
    if (path / GLOSSARY.name).is_file():
        problems.extend(glossary_problems(path / GLOSSARY.name))
    if not modules and not journeys and not problems:
        problems.append(f"{path}:1: no module (a folder with fr.yaml) and no journey here")
    return ReadContent(
        tuple(module for module in modules if _is_sound(module)),
        tuple(journey for journey in journeys if not journey.shape_problems),
        tuple(files.in_order(problems)),
    )


def _is_sound(module: ModuleFiles) -> bool:
    return not module.french.shape_problems and not (module.english and module.english.shape_problems)


def covered(content: ReadContent, promised: Targets | None = None) -> Coverage:
    """Return the table of what was read."""
    return coverage([module.data for module in content.modules], len(content.journeys), content.problems, promised)
