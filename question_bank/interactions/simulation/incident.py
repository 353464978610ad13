"""The first minutes of an incident: each gesture takes time, and until it is contained the trouble spreads."""

from typing import Any

from django.utils.translation import gettext as _

from question_bank.shapes import fields, listing, matching, text

from ..gestures import Gesture
from .environment import LINE, Desk, State, World, ids
from .playing import first_state
from .scripted import STEP, TELLS, Scripted

CLOCK = matching(r"([01]\d|2[0-3]):[0-5]\d", "a time such as 09:12")
USUAL_MINUTES, USUAL_MOST = 2, 8


class Incident(Scripted):
    kind = "incident"
    required = {
        "app": LINE,
        "clock": CLOCK,
        "alert": text(600, lines=True),
        "touched": LINE,
        "steps": listing(fields(STEP, TELLS), 4, 14),
    }

    def aspects(self, world: World) -> dict[str, tuple[str, ...]]:
        longest = sum(self._minutes(world, name) for name in ids(world.scene["steps"]))
        return {
            "contained": ("no", "yes"),
            "touched": tuple(str(count) for count in range(1, self._most(world) + 1)),
            "minutes": tuple(str(minute) for minute in range(longest + 1)),
            **super().aspects(world),
        }

    def effect(self, world: World, state: State, gesture: Gesture) -> dict[str, str]:
        minutes = int(state["minutes"]) + self._minutes(world, gesture.on)
        contains = "contains" in self.rule(world, gesture.on)
        is_contained = contains or state["contained"] == "yes"
        touched = int(state["touched"]) + (0 if is_contained else 1)
        return {
            **super().effect(world, state, gesture),
            "minutes": str(minutes),
            "contained": "yes" if is_contained else "no",
            "touched": str(min(touched, self._most(world))),
        }

    def _minutes(self, world: World, name: str) -> int:
        return int(self.rule(world, name).get("minutes", USUAL_MINUTES))

    def _most(self, world: World) -> int:
        return int(world.rules.get("most", USUAL_MOST))

    def draw(self, desk: Desk) -> dict[str, Any]:
        scene, state = desk.scene, desk.state
        touched, most = int(state["touched"]), self._most(desk.world)
        return {
            "app": scene["app"],
            "alert": scene["alert"],
            "clock": _later(scene["clock"], int(state["minutes"])),
            "touched": touched,
            "most": most,
            "width": most * 20,
            "marks": [{"x": place * 20 + 2, "is_hit": place < touched} for place in range(most)],
            "label": scene["touched"],
            "is_contained": state["contained"] == "yes",
            "buttons": desk.buttons(*(desk.button("do", step["id"]) for step in desk.veil.order(scene["steps"]))),
            "journal": self._journal(desk),
        }

    def _journal(self, desk: Desk) -> list[dict[str, str]]:
        found, state = [], first_state(self, desk.world)
        for gesture in desk.done:
            told = self.told(desk.world, state, gesture)
            clock = _later(desk.scene["clock"], int(state["minutes"]))
            found.append({"clock": clock, "words": self.words(desk.scene, gesture), "told": told})
            state = {**state, **self.effect(desk.world, state, gesture)}
        return found

    def consequence(self, world: World, state: State, gesture: Gesture) -> str:
        """What follows, with what spread meanwhile."""
        after = self.effect(world, state, gesture)
        said = super().consequence(world, state, gesture)
        if after["touched"] == state["touched"]:
            return said
        return _("%(said)s Pendant ce temps, %(touched)s : %(count)s.") % {
            "said": said,
            "count": after["touched"],
            "touched": world.scene["touched"],
        }


def _later(clock: str, minutes: int) -> str:
    hours, start = (int(part) for part in clock.split(":"))
    total = hours * 60 + start + minutes
    return f"{total // 60 % 24:02}:{total % 60:02}"
