"""The gate plays the scenario: its solution reaches the top score, and doing nothing is worth nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import override

from question_bank.shapes import Problem

from ..gestures import Gesture
from .environment import Environment, World
from .goals import category, goal_problems, is_reached
from .playing import ImpossibleGesture, first_state, play


def scenario_problems(answer: Mapping[str, Any], environment: Environment, world: World) -> Iterator[Problem]:
    """Yield why a scenario cannot be played to its top score, or is won without doing anything."""
    found = list(goal_problems(answer, environment, world))
    yield from found
    if not found:
        yield from _told_problems(environment, world)
        yield from _nothing_problems(answer, environment, world)
        yield from _solution_problems(answer, environment, world)


def _told_problems(environment: Environment, world: World) -> Iterator[Problem]:
    gestures = list(environment.gestures(world))
    names = {"-".join(filter(None, gesture)) for gesture in gestures} | {f"{g.do}-{g.on}" for g in gestures if g.on}
    names |= environment.told_names(world)
    for name in world.scene.get("told", {}):
        if name not in names:
            yield ("fr", "scene", "told", name), f"“{name}” is no gesture of the scenario (do-on, or do-on-value)"


def _nothing_problems(answer: Mapping[str, Any], environment: Environment, world: World) -> Iterator[Problem]:
    if score := category(answer, first_state(environment, world), ()):
        yield ("answer", "levels"), f"doing nothing is worth {score}; the first level asks for a gesture at least"


def _solution_problems(answer: Mapping[str, Any], environment: Environment, world: World) -> Iterator[Problem]:
    solution = [Gesture.from_json(step) for step in answer["solution"]]
    try:
        with override("en"):
            played = play(environment, world, solution)
    except ImpossibleGesture as error:
        step = " ".join(filter(None, solution[error.index]))
        yield (
            ("answer", "solution", error.index),
            f"the scenario cannot be played: step {error.index + 1} of the solution ({step}) is refused: {error}",
        )
        return
    if category(answer, played.state, played.done) < len(answer["levels"]):
        missed = [goal["id"] for goal in answer["goals"] if not is_reached(goal, played.state, played.done)]
        yield ("answer", "solution"), f"the solution does not reach the top score: it misses {', '.join(missed)}"
