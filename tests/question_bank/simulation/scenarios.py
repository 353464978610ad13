"""The simulations of the bank, read once."""

from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from question_bank.interactions import Gesture, ItemContent, build_content
from question_bank.interactions.simulation.environment import Environment, World
from question_bank.interactions.simulation.interaction import ENVIRONMENTS
from question_bank.itemfiles.item_shape import read_item
from question_bank.itemfiles.reader import read_item_file
from question_bank.itemfiles.reading import CONTENT
from question_bank.services.versions import content_of

VERSION = UUID("0192d3a0-0000-7000-8000-000000000002")
PATHS = {
    path.stem: path
    for path in sorted(CONTENT.rglob("*.yaml"))
    if "\ninteraction: simulation\n" in path.read_text(encoding="utf-8")[:2000]
}
KEYS = tuple(PATHS)


@cache
def data_of(key: str) -> dict[str, Any]:
    """Return a file as it means."""
    return read_item(read_item_file(PATHS[key]).value, lambda keys, sentence: None)


@cache
def content_of_key(key: str) -> ItemContent:
    """Return an item ready to be asked."""
    return build_content(
        version_uuid=VERSION,
        key=key,
        data=content_of(data_of(key)),
        valid_from=date(2022, 1, 1),
        review_by=date(2027, 11, 21),
    )


@cache
def world_of(key: str) -> tuple[Environment, World]:
    """Return the environment and the scenario of an item."""
    data = data_of(key)
    answer, scene = data["answer"], data["fr"]["scene"]
    return ENVIRONMENTS[scene["kind"]], World(scene, answer.get("rules", {}), answer.get("start", {}))


def solution_of(key: str) -> list[Gesture]:
    """Return the solution that the author declares."""
    return [Gesture.from_json(step) for step in data_of(key)["answer"]["solution"]]
