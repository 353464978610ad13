"""Goals: conditions on the state reached and on the gestures made; folded into the categories of the score."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from question_bank.shapes import Keys, Problem, Say, either, fields, identifier, listing, mapping, matching, whole

from ..gestures import Gesture
from .environment import Environment, State, World

Goal = Mapping[str, Any]
PATTERN = fields({"do": identifier}, {"on": identifier, "value": identifier})
ASPECT = matching(r"[a-z]+(\.[A-Za-z0-9_-]{1,41})?", "an aspect of the state (place.m5)")
VALUES = either(identifier, listing(identifier, 1, 6, unique=True))


def _state(value: Any, keys: Keys, say: Say) -> dict[str, Any]:
    if not isinstance(value, dict) or not value:
        say(keys, f"“{keys[-1]}” maps aspects of the state to a value, or to a list of values")
        return {}
    return {
        ASPECT(aspect, (*keys, aspect), say): VALUES(entry, (*keys, aspect), say) for aspect, entry in value.items()
    }


SIMPLE = {
    "state": _state,
    "unless": _state,
    "did": either(PATTERN, listing(PATTERN, 1, 12)),
    "before": listing(PATTERN, 2, 2),
    "never": either(PATTERN, listing(PATTERN, 1, 12)),
}
CONDITIONS = {**SIMPLE, "any": listing(fields({}, SIMPLE), 2, 6)}
GOAL = fields({"id": identifier}, {**CONDITIONS, "cap": whole(0, 2)})
STEPS = listing(PATTERN, 1, 60)
ANSWER_REQUIRED = {
    "goals": listing(GOAL, 1, 10),
    "levels": listing(listing(identifier, 1, 10, unique=True), 1, 3),
    "solution": STEPS,
}
RULE = fields(
    {},
    {
        "needs": listing(identifier, 1, 6),
        "stops": listing(identifier, 1, 12),
        "minutes": whole(0, 60),
        "contains": matching("yes", "“yes”"),
    },
)
ANSWER_OPTIONAL = {"start": _state, "rules": fields({}, {"most": whole(1, 40), "steps": mapping(RULE, 1, 24)})}


def is_reached(goal: Goal, state: State, done: Sequence[Gesture]) -> bool:
    """Say whether every condition of a goal (or of one branch of `any`) holds."""
    return all(_holds(name, goal[name], state, done) for name in CONDITIONS if name in goal)


def _holds(name: str, wanted: Any, state: State, done: Sequence[Gesture]) -> bool:
    if name == "state":
        return all(state.get(aspect) in _several(values) for aspect, values in wanted.items())
    if name == "unless":
        return not any(state.get(aspect) in _several(values) for aspect, values in wanted.items())
    if name == "did":
        return all(_first(pattern, done) is not None for pattern in _several(wanted))
    if name == "never":
        return all(_first(pattern, done) is None for pattern in _several(wanted))
    if name == "any":
        return any(is_reached(branch, state, done) for branch in wanted)
    first, second = (_first(pattern, done) for pattern in wanted)
    return first is not None and (second is None or first < second)


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _first(pattern: Mapping[str, str], done: Sequence[Gesture]) -> int | None:
    return next((index for index, gesture in enumerate(done) if fits(pattern, gesture)), None)


def fits(pattern: Mapping[str, str], gesture: Gesture) -> bool:
    """Say whether a gesture is one that a pattern describes; what the pattern leaves out may be anything."""
    return all(getattr(gesture, name) == wanted for name, wanted in pattern.items())


def category(answer: Mapping[str, Any], state: State, done: Sequence[Gesture]) -> int:
    """Return the score: how many levels, from the first, have all their goals; a broken `cap` limits it."""
    held = {goal["id"]: is_reached(goal, state, done) for goal in answer["goals"]}
    reached = 0
    for level in answer["levels"]:
        if not all(held.get(name, False) for name in level):
            break
        reached += 1
    caps = [int(goal["cap"]) for goal in answer["goals"] if "cap" in goal and not held[goal["id"]]]
    return min([reached, *caps])


@dataclass(frozen=True)
class Held:
    """The goals that kept a score where it is: those missed of the next level, or the limit that was not kept."""

    goals: tuple[str, ...]
    is_limit: bool


def held_back(answer: Mapping[str, Any], state: State, done: Sequence[Gesture]) -> Held:
    """Return what kept the score from being higher: first a limit that was not kept, since nothing counts over it."""
    held = {goal["id"]: is_reached(goal, state, done) for goal in answer["goals"]}
    score = category(answer, state, done)
    broken = [goal for goal in answer["goals"] if "cap" in goal and not held[goal["id"]] and int(goal["cap"]) == score]
    if broken:
        return Held((broken[0]["id"],), is_limit=True)
    left = [name for name in answer["levels"][score] if not held.get(name)] if score < len(answer["levels"]) else []
    return Held(tuple(left), is_limit=False)


def goal_problems(answer: Mapping[str, Any], environment: Environment, world: World) -> Iterator[Problem]:
    """Yield what goals, levels and starting state name that the scenario does not have."""
    aspects, known = environment.aspects(world), list(environment.gestures(world))
    yield from _state_problems(answer.get("start", {}), aspects, ("answer", "start"))
    for index, goal in enumerate(answer["goals"]):
        keys: Keys = ("answer", "goals", index)
        if not any(name in goal for name in CONDITIONS):
            yield keys, f"the goal “{goal['id']}” has no condition; it takes one of {', '.join(CONDITIONS)}"
        yield from _condition_problems(goal, keys, aspects, known)
        for place, branch in enumerate(goal.get("any", ())):
            yield from _condition_problems(branch, (*keys, "any", place), aspects, known)
    yield from _level_problems(answer)


def _condition_problems(
    goal: Goal, keys: Keys, aspects: Mapping[str, tuple[str, ...]], known: list[Gesture]
) -> Iterator[Problem]:
    for name in ("state", "unless"):
        yield from _state_problems(goal.get(name, {}), aspects, (*keys, name))
    for name in ("did", "before", "never"):
        for pattern in _several(goal.get(name, [])):
            if not any(fits(pattern, gesture) for gesture in known):
                yield (*keys, name), f"no gesture of the scenario is {_shown(pattern)}"


def _shown(pattern: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {part}" for name, part in pattern.items()) + "}"


def _state_problems(wanted: Mapping[str, Any], aspects: Mapping[str, tuple[str, ...]], keys: Keys) -> Iterator[Problem]:
    for aspect, values in wanted.items():
        if aspect not in aspects:
            yield (*keys, aspect), f"the scenario has no “{aspect}”; it has {', '.join(list(aspects)[:40])}"
        elif wrong := [value for value in _several(values) if value not in aspects[aspect]]:
            yield (*keys, aspect), f"“{aspect}” is never “{wrong[0]}”; it is one of {', '.join(aspects[aspect])}"


def _level_problems(answer: Mapping[str, Any]) -> Iterator[Problem]:
    goals = {goal["id"]: goal for goal in answer["goals"]}
    placed = [name for level in answer["levels"] for name in level]
    if len(goals) < len(answer["goals"]):
        yield ("answer", "goals"), "two goals share an id"
    for index, level in enumerate(answer["levels"]):
        for name in level:
            if name not in goals:
                yield ("answer", "levels", index), f"no goal “{name}”; they are {', '.join(goals)}"
    for index, goal in enumerate(answer["goals"]):
        if "cap" not in goal and placed.count(goal["id"]) != 1:
            yield ("answer", "goals", index), f"the goal “{goal['id']}” is in one level, once, or has a `cap`"
        if goal.get("cap", -1) >= len(answer["levels"]):
            yield ("answer", "goals", index, "cap"), f"a cap is under the top score, {len(answer['levels'])}"
