"""What teleconsultation and incident share: steps that are made once, that open or close others, and what follows."""

from collections.abc import Iterator, Mapping
from typing import Any

from question_bank.shapes import Keys, Problem, Shape, fields, identifier, listing, text

from ..gestures import Gesture
from .environment import Environment, Scene, State, World, already, ids, named, not_now, repeated_ids

TELL = fields({"after": identifier, "text": text(400)})
STEP: Mapping[str, Shape] = {"id": identifier, "text": text(160), "told": text(400)}
TELLS = {"tells": listing(TELL, 1, 3)}


class Scripted(Environment):
    """An environment of steps. `rules.steps` says of each what it needs, what it stops, how long it takes."""

    def aspects(self, world: World) -> dict[str, tuple[str, ...]]:
        return {f"done.{name}": ("no", "yes") for name in ids(world.scene["steps"])}

    def gestures(self, world: World) -> Iterator[Gesture]:
        yield from (Gesture("do", name) for name in ids(world.scene["steps"]))

    def rule(self, world: World, name: str) -> Mapping[str, Any]:
        """Return what the rules say of a step."""
        found: Mapping[str, Any] = world.rules.get("steps", {}).get(name, {})
        return found

    def refusal(self, world: World, state: State, gesture: Gesture) -> str:
        if state[f"done.{gesture.on}"] == "yes":
            return already()
        needs = self.rule(world, gesture.on).get("needs", ())
        is_open = all(state.get(f"done.{name}") == "yes" for name in needs)
        return "" if is_open and not self._is_stopped(world, state, gesture.on) else not_now()

    def _is_stopped(self, world: World, state: State, name: str) -> bool:
        made = [other for other in ids(world.scene["steps"]) if state[f"done.{other}"] == "yes"]
        return any(name in self.rule(world, other).get("stops", ()) for other in made)

    def effect(self, world: World, state: State, gesture: Gesture) -> dict[str, str]:
        return {f"done.{gesture.on}": "yes"}

    def words(self, scene: Scene, gesture: Gesture) -> str:
        return str(named(scene["steps"], gesture.on)["text"])

    def consequence(self, world: World, state: State, gesture: Gesture) -> str:
        """Return what follows: another thing once a step was made before, when the author says so."""
        step = named(world.scene["steps"], gesture.on)
        for tell in step.get("tells", ()):
            if state.get(f"done.{tell['after']}") == "yes":
                return str(tell["text"])
        return str(step["told"])

    def problems(self, world: World, language: str) -> Iterator[Problem]:
        yield from repeated_ids(world.scene, language, "steps")
        known = ids(world.scene["steps"])
        for index, step in enumerate(world.scene["steps"]):
            for place, tell in enumerate(step.get("tells", ())):
                yield from _unknown(tell["after"], known, (language, "scene", "steps", index, "tells", place, "after"))
        for name, rule in world.rules.get("steps", {}).items():
            yield from _unknown(name, known, ("answer", "rules", "steps", name))
            for field in ("needs", "stops"):
                for other in rule.get(field, ()):
                    yield from _unknown(other, known, ("answer", "rules", "steps", name, field))


def _unknown(name: str, known: tuple[str, ...], keys: Keys) -> Iterator[Problem]:
    if name not in known:
        yield keys, f"no step “{name}”; they are {', '.join(known)}"
