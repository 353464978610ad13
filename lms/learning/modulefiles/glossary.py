"""The glossary's own file: words of digital health in plain language, each resting on sourced facts."""

from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from kernel.datafile import DataFileError
from question_bank.api import files

from .block_shapes import ordered
from .prose import prose_problems
from .reading import CONTENT, ContentFile, read_file

GLOSSARY: Final = CONTENT / "glossary.yaml"
WORD: Final = files.text(80)
EXPLAINED: Final = ordered(
    {"term": WORD, "definition": files.text(400)},
    {"also": files.listing(WORD, 1, 4, unique=True)},
    ("term", "also", "definition"),
)
FACTS: Final = files.listing(files.matching(r"[A-Za-z0-9_-]+", "the id of a fact"), 1, 6, unique=True)
TERM: Final = ordered({"facts": FACTS, "fr": EXPLAINED, "en": EXPLAINED})
SHAPE: Final = ordered({"terms": files.listing(TERM, 1, 300)})


def glossary_problems(path: Path) -> list[str]:
    """Return everything wrong with the glossary's file."""
    problems: list[str] = []
    found = _read(path, problems)
    if found is None:
        return problems
    said = list(found.shape_problems)
    for place, term in enumerate(found.data.get("terms", ()) if not said else ()):
        said += [(("terms", place, "facts", index), sentence) for index, sentence in _facts(term["facts"])]
        for language in ("fr", "en"):
            said += [(("terms", place, *keys), sentence) for keys, sentence in prose_problems(term[language], language)]
    return found.said(said)


def _facts(named: list[str]) -> list[tuple[int, str]]:
    known = files.known_facts()
    wrong = [
        (index, f"no fact “{fact}” in question_bank/data/facts.yaml")
        for index, fact in enumerate(named)
        if fact not in known
    ]
    unsure = [
        (index, f"the fact “{fact}” is to verify: nothing rests on it yet")
        for index, fact in enumerate(named)
        if known.get(fact) == "to_verify"
    ]
    return wrong + unsure


def _read(path: Path, problems: list[str]) -> ContentFile | None:
    return read_file(path, SHAPE, ("terms",), problems)


@lru_cache(maxsize=2)
def glossary_terms(path: Path = GLOSSARY) -> tuple[dict[str, Any], ...]:
    """Return the terms of the glossary's file, read once. Raises DataFileError when it cannot be read."""
    problems: list[str] = []
    found = _read(path, problems)
    if found is None or found.shape_problems:
        raise DataFileError(found.said(found.shape_problems) if found else problems)
    return tuple(found.data["terms"])
