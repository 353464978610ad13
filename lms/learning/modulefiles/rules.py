"""The rules a module's folder must hold, beyond the shape of its files (docs/modules.md)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import override

from lms.learning.promises import RESERVED_STEPS, broken_promises
from question_bank.api import files

from .items import item_problems
from .mirror import mirror_problems
from .pictures import file_problems
from .prose import prose_problems
from .reading import ContentFile, ModuleFiles
from .shape import RESERVED_KEYS

TWO_YEARS: Final = timedelta(days=731)
Rule = Callable[[ModuleFiles], Iterator[files.Problem]]


def module_problems(module: ModuleFiles) -> list[str]:
    """Return everything wrong with a module, file by file: its shape, then the rules that its shape lets us read."""
    french, english = module.french, module.english
    found = french.said((*french.shape_problems, *_broken(module, FRENCH_RULES, french)))
    if english is not None:
        found += english.said((*english.shape_problems, *_broken(module, ENGLISH_RULES, english, french)))
    return found


def _broken(
    module: ModuleFiles,
    rules: tuple[tuple[tuple[str, ...], Rule], ...],
    file: ContentFile,
    beside: ContentFile | None = None,
) -> Iterator[files.Problem]:
    """A rule about a field that is missing or wrong in shape waits for it."""
    usable = file.data.keys() - file.wrong()
    if beside is not None:
        usable |= beside.data.keys() - beside.wrong()
    for needed, rule in rules:
        if usable.issuperset(needed):
            yield from rule(module)


def _place_problems(module: ModuleFiles) -> Iterator[files.Problem]:
    key = module.french.data["key"]
    if key != module.key:
        yield ("key",), f"the key is “{key}” and the folder is called “{module.key}”; they are the same"
    if key in RESERVED_KEYS:
        yield ("key",), f"“{key}” is an address of the catalogue"


def _english_place_problems(module: ModuleFiles) -> Iterator[files.Problem]:
    if module.english and module.english.data["key"] != module.key:
        yield ("key",), f"the key is that of the folder, “{module.key}”"


def _framework_problems(module: ModuleFiles) -> Iterator[files.Problem]:
    data = module.french.data
    for index, code in enumerate(data["competencies"]):
        if code not in (known := files.known_capacities()):
            yield ("competencies", index), f"the framework has no {code}; {files.nearest(code, tuple(known))}"
    yield from profession_problems(data)


def profession_problems(data: Mapping[str, Any]) -> Iterator[files.Problem]:
    """Yield the professions that no programme has."""
    for index, profession in enumerate(data["professions"]):
        if profession not in (known := files.known_professions()):
            yield ("professions", index), f"no programme “{profession}”; {files.nearest(profession, known)}"


def _step_problems(module: ModuleFiles) -> Iterator[files.Problem]:
    steps, seen = module.french.data["fr"]["steps"], set[str]()
    for index, step in enumerate(steps):
        if step["key"] in RESERVED_STEPS:
            yield ("fr", "steps", index, "key"), f"“{step['key']}” is the address of another page of the module"
        if step["key"] in seen:
            yield ("fr", "steps", index, "key"), f"another step is already called “{step['key']}”"
        seen.add(step["key"])
    total = sum(step["minutes"] for step in steps)
    if total != module.french.data["minutes"]:
        yield (
            ("minutes",),
            f"the steps take {total} minutes together, and the module says {module.french.data['minutes']}",
        )


def _source_problems(module: ModuleFiles) -> Iterator[files.Problem]:
    facts = files.known_facts()
    for place, source in enumerate(module.french.data["sources"]):
        if not source.get("facts") and not source.get("read"):
            yield ("sources", place), "a source says which facts were read (`facts`) or what was read there (`read`)"
        for index, fact in enumerate(source.get("facts", ())):
            at = ("sources", place, "facts", index)
            if fact not in facts:
                yield at, f"no fact “{fact}” in question_bank/data/facts.yaml; {_close(fact, tuple(facts))}"
            elif facts[fact] == "to_verify" and not source.get("read"):
                yield at, f"the fact “{fact}” is to verify: say in `read` what you read"


def _close(fact: str, facts: tuple[str, ...]) -> str:
    same = tuple(name for name in facts if name.rpartition("-")[0].lower() == fact.rpartition("-")[0].lower())
    return files.nearest(fact, same) if same else "look for its topic there"


def _date_problems(module: ModuleFiles) -> Iterator[files.Problem]:
    review = module.french.data["review_by"]
    first = min(source["checked_at"] for source in module.french.data["sources"])
    last = max(source["checked_at"] for source in module.french.data["sources"])
    if review <= last:
        yield ("review_by",), f"the review comes after the sources were checked ({last})"
    elif date.fromisoformat(review) > date.fromisoformat(first) + TWO_YEARS:
        yield ("review_by",), f"the review is within two years of the oldest `checked_at` ({first})"


def _prose(language: str) -> Rule:
    def rule(module: ModuleFiles) -> Iterator[files.Problem]:
        yield from prose_problems(module.data[language], language)

    return rule


def _items(language: str) -> Rule:
    def rule(module: ModuleFiles) -> Iterator[files.Problem]:
        yield from item_problems(module.data, language)

    return rule


def _files(language: str) -> Rule:
    def rule(module: ModuleFiles) -> Iterator[files.Problem]:
        yield from file_problems(module, language)

    return rule


def _mirror(module: ModuleFiles) -> Iterator[files.Problem]:
    yield from mirror_problems(module.data["fr"], module.data["en"])


def _promises(module: ModuleFiles) -> Iterator[files.Problem]:
    """What a page owes its reader before it is published; steps and minutes are checked above, of drafts too."""
    if module.status != "published":
        return
    with override("en"):
        for broken in broken_promises(module.french.data, module.french.data["fr"]):
            in_words = broken.place[0] not in module.french.data
            if broken.place[0] != "minutes" and broken.place[-1] != "key":
                yield (("fr", *broken.place) if in_words else broken.place), str(broken.sentence)


FRENCH_RULES: Final[tuple[tuple[tuple[str, ...], Rule], ...]] = (
    (("key",), _place_problems),
    (("competencies", "professions"), _framework_problems),
    (("fr", "minutes"), _step_problems),
    (("sources",), _source_problems),
    (("sources", "review_by"), _date_problems),
    (("fr",), _prose("fr")),
    (("fr", "audiences"), _items("fr")),
    (("fr",), _files("fr")),
    (("fr", "sources", "minutes", "review_by", "competencies"), _promises),
)
ENGLISH_RULES: Final[tuple[tuple[tuple[str, ...], Rule], ...]] = (
    (("key",), _english_place_problems),
    (("en",), _prose("en")),
    (("fr", "en"), _mirror),
    (("en", "audiences"), _items("en")),
    (("en",), _files("en")),
)
