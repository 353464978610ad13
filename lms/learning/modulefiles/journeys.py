"""The rules a journey file must hold, beyond its shape (docs/modules.md)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from question_bank.api import files

from .prose import prose_problems
from .reading import ContentFile
from .rules import profession_problems
from .shape import RESERVED_KEYS

PROGRAMME_HOURS: Final = 28  # of the students' core programme (order of 10 November 2022)


def journey_problems(journey: ContentFile, modules: frozenset[str]) -> list[str]:
    """Return everything wrong with a journey; `modules`: the keys of the modules that exist."""
    found = list(journey.shape_problems)
    usable = journey.data.keys() - journey.wrong()
    for needed, rule in RULES:
        if usable.issuperset(needed):
            found += rule(journey, modules)
    return journey.said(found)


def _place_problems(journey: ContentFile, modules: frozenset[str]) -> Iterator[files.Problem]:
    key = journey.data["key"]
    if key != journey.path.stem:
        yield ("key",), f"the key is “{key}” and the file is called “{journey.path.name}”; they are the same"
    if key in modules or key in RESERVED_KEYS:
        yield ("key",), f"“{key}” is already the address of another page"


def _reference_problems(journey: ContentFile, modules: frozenset[str]) -> Iterator[files.Problem]:
    for index, code in enumerate(journey.data["competencies"]):
        if code not in (known := files.known_capacities()):
            yield ("competencies", index), f"the framework has no {code}; {files.nearest(code, tuple(known))}"
    yield from profession_problems(journey.data)


def _module_problems(journey: ContentFile, modules: frozenset[str]) -> Iterator[files.Problem]:
    seen: set[str] = set()
    for place, part in enumerate(journey.data["parts"]):
        for index, key in enumerate(part["modules"]):
            if key in seen:
                yield ("parts", place, "modules", index), f"“{key}” is already in this journey"
            seen.add(key)
        for name in ("modules", "reserved"):
            for index, key in enumerate(part.get(name, ())):
                if key not in modules:
                    yield ("parts", place, name, index), f"no module “{key}”; {_close(key, modules)}"


def _close(key: str, modules: frozenset[str]) -> str:
    return files.nearest(key, tuple(sorted(modules))) if modules else "none is written yet"


def _hour_problems(journey: ContentFile, modules: frozenset[str]) -> Iterator[files.Problem]:
    parts = journey.data["parts"]
    hours = sum(part["hours"] for part in parts)
    if journey.data["audience"] == "student" and hours not in (0, PROGRAMME_HOURS):
        yield ("parts",), f"{hours} hours in all; the programme has {PROGRAMME_HOURS}"
    told = [
        (place, index, line) for place, part in enumerate(parts) for index, line in enumerate(part.get("programme", ()))
    ]
    for number, (place, index, line) in enumerate(told, start=1):
        at = ("parts", place, "programme", index)
        if line["hour"] != number:
            yield (*at, "hour"), f"hour {number} comes here, not {line['hour']}"
        yield from _line_problems(line, parts[place], at)
    for place, part in enumerate(parts):
        if part.get("programme") and len(part["programme"]) != part["hours"]:
            yield (
                ("parts", place, "programme"),
                f"{len(part['programme'])} lines for {part['hours']} hours: one for each",
            )


def _line_problems(line: Mapping[str, Any], part: Mapping[str, Any], at: files.Keys) -> Iterator[files.Problem]:
    for index, key in enumerate(line["modules"]):
        if key not in part["modules"]:
            yield (*at, "modules", index), f"“{key}” is not among the modules of this part"
    if not line["modules"] and not line["in_class"]:
        yield at, "an hour that no module teaches is taught in class (`in_class: true`)"


def _language_problems(journey: ContentFile, modules: frozenset[str]) -> Iterator[files.Problem]:
    has_english = "en" in journey.data
    keys: set[str] = set()
    for place, part in enumerate(journey.data["parts"]):
        if ("en" in part) != has_english:
            yield ("parts", place), "`en` is given for the journey and for each of its parts, or for none"
        for index, line in enumerate(part.get("programme", ())):
            if ("en" in line) != has_english:
                yield ("parts", place, "programme", index), "`en` is given for each hour of a journey in English"
        if part["key"] in keys:
            yield ("parts", place, "key"), f"another part is already called “{part['key']}”"
        keys.add(part["key"])


def _prose_problems(journey: ContentFile, modules: frozenset[str]) -> Iterator[files.Problem]:
    for language in ("fr", "en"):
        if language in journey.data:
            yield from prose_problems(journey.data[language], language)
        for place, part in enumerate(journey.data.get("parts", ())):
            for keys, problem in prose_problems(part.get(language, {}), language):
                yield ("parts", place, *keys), problem
            for index, line in enumerate(part.get("programme", ())):
                for _keys, problem in prose_problems({"text": line.get(language, "")}, language):
                    yield ("parts", place, "programme", index, language), problem


Rule = Callable[[ContentFile, frozenset[str]], Iterator[files.Problem]]
RULES: Final[tuple[tuple[tuple[str, ...], Rule], ...]] = (
    (("key",), _place_problems),
    (("competencies", "professions"), _reference_problems),
    (("parts",), _module_problems),
    (("parts", "audience"), _hour_problems),
    (("parts",), _language_problems),
    (("fr", "parts"), _prose_problems),
)
