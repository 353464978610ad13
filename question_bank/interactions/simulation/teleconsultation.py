"""A teleconsultation in stages, one after the other: what was not done in its stage is too late."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from question_bank.shapes import Problem, fields, identifier, listing

from ..gestures import Gesture
from .environment import LABELLED, LINE, NAMED, Desk, Scene, State, World, ids, named, repeated_ids
from .playing import first_state
from .scripted import STEP, TELLS, Scripted


class Teleconsultation(Scripted):
    kind = "teleconsultation"
    required = {
        "app": LINE,
        "patient": LINE,
        "facts": listing(LABELLED, 1, 8),
        "stages": listing(NAMED, 2, 6),
        "steps": listing(fields({**STEP, "stage": identifier}, TELLS), 4, 24),
    }

    def aspects(self, world: World) -> dict[str, tuple[str, ...]]:
        return {"stage": ids(world.scene["stages"]), **super().aspects(world)}

    def gestures(self, world: World) -> Iterator[Gesture]:
        yield from super().gestures(world)
        yield from (Gesture("go", name) for name in ids(world.scene["stages"])[1:])

    def refusal(self, world: World, state: State, gesture: Gesture) -> str:
        stages, here = ids(world.scene["stages"]), state["stage"]
        if gesture.do == "go":
            is_next = stages.index(gesture.on) == stages.index(here) + 1
            return "" if is_next else _("Une téléconsultation avance : on passe à l’étape suivante, sans revenir.")
        if named(world.scene["steps"], gesture.on)["stage"] != here:
            return _("Ce n’est pas dans cette étape.")
        return super().refusal(world, state, gesture)

    def effect(self, world: World, state: State, gesture: Gesture) -> dict[str, str]:
        return {"stage": gesture.on} if gesture.do == "go" else super().effect(world, state, gesture)

    def words(self, scene: Scene, gesture: Gesture) -> str:
        if gesture.do == "go":
            return str(_("Passer à l’étape « %s »") % named(scene["stages"], gesture.on)["text"])
        return super().words(scene, gesture)

    def consequence(self, world: World, state: State, gesture: Gesture) -> str:
        return "" if gesture.do == "go" else super().consequence(world, state, gesture)

    def draw(self, desk: Desk) -> dict[str, Any]:
        scene, here = desk.scene, desk.state["stage"]
        stages = ids(scene["stages"])
        steps = [step for step in scene["steps"] if step["stage"] == here]
        place = stages.index(here)
        return {
            "app": scene["app"],
            "patient": scene["patient"],
            "facts": scene["facts"],
            "stages": [{"text": stage["text"], "is_here": stage["id"] == here} for stage in scene["stages"]],
            "title": named(scene["stages"], here)["text"],
            "buttons": desk.buttons(*(desk.button("do", step["id"]) for step in desk.veil.order(steps))),
            "journal": self._journal(desk),
            "next": desk.buttons(*(desk.button("go", name) for name in stages[place + 1 : place + 2])),
        }

    def _journal(self, desk: Desk) -> list[dict[str, str]]:
        """What was done in this stage and what followed."""
        found: list[dict[str, str]] = []
        state = first_state(self, desk.world)
        for gesture in desk.done:
            if gesture.do == "go":
                found = []
            else:
                told = self.told(desk.world, state, gesture)
                found.append({"words": self.words(desk.scene, gesture), "told": told})
            state = {**state, **self.effect(desk.world, state, gesture)}
        return found

    def problems(self, world: World, language: str) -> Iterator[Problem]:
        yield from super().problems(world, language)
        yield from repeated_ids(world.scene, language, "stages")
        stages = ids(world.scene["stages"])
        for index, step in enumerate(world.scene["steps"]):
            if step["stage"] not in stages:
                yield (
                    (language, "scene", "steps", index, "stage"),
                    f"no stage “{step['stage']}”; they are {', '.join(stages)}",
                )
