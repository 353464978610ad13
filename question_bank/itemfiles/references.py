"""What item files point at, read from data files: the framework's capacities, the sourced facts, the programmes."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

APP = Path(__file__).resolve().parent.parent
FRAMEWORK = APP.parent / "competencies" / "data" / "socle.yaml"
FACTS = APP / "data" / "facts.yaml"
PROFESSIONS = APP / "data" / "professions.yaml"
CONTENT = APP / "content"
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache(maxsize=8)
def known_capacities(path: Path = FRAMEWORK) -> dict[str, tuple[str, ...]]:
    """Return each competency's code with the codes of its capacities, in the order of the framework."""
    return {
        competency["id"]: tuple(capacity["id"] for capacity in competency["capacities"])
        for domain in read_data(path)["domains"]
        for competency in domain["competencies"]
    }


@lru_cache(maxsize=8)
def known_facts(path: Path = FACTS) -> dict[str, str]:
    """Return each fact's id with how sure it is (its `confidence`)."""
    return {fact["id"]: fact["confidence"] for fact in read_data(path)["facts"]}


@lru_cache(maxsize=8)
def known_professions(path: Path = PROFESSIONS) -> tuple[str, ...]:
    """Return the ids of the programmes."""
    return tuple(read_data(path)["professions"])


@lru_cache(maxsize=1)
def _item_paths() -> dict[str, Path]:
    return {path.stem: path for path in sorted(CONTENT.rglob("*.yaml"))}


@lru_cache(maxsize=1024)
def item_file(key: str) -> Mapping[str, Any] | None:
    """Return what the file of an item of the bank says (unchecked: check_bank does that), or None."""
    path = _item_paths().get(key)
    return None if path is None else dict(read_data(path))


def read_data(path: Path) -> Any:
    """Return what a data file of ours holds."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe loader
