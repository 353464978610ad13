"""What an environment must know how to do; each is one module here. Pure functions over a scene and a state."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from django.utils.translation import gettext as _

from question_bank.shapes import Keys, Problem, Say, Shape, fields, identifier, text

from ..gestures import Gesture

State = Mapping[str, str]  # an aspect (“place.m5”) → its value (“reported”)
Scene = Mapping[str, Any]
Thing = TypeVar("Thing", bound=Mapping[str, Any])

LINE = text(160)
NAMED = fields({"id": identifier, "text": text(160)})
LABELLED = fields({"label": text(80), "value": text(200)})
MOST_TOLD = 40
TOLD_NAME = 64


@dataclass(frozen=True, slots=True)
class World:
    """A scenario: the scene in one language, the rules and the starting state that no language changes."""

    scene: Scene
    rules: Mapping[str, Any]
    start: State


class Veil(ABC):
    """What stands between real ids and those of one attempt."""

    @abstractmethod
    def hide(self, real: str) -> str:
        """Return what stands for a real id."""

    @abstractmethod
    def order(self, things: Sequence[Thing]) -> list[Thing]:
        """Return things in the order of this attempt, so that their place says nothing."""


class Environment(ABC):
    """A place where gestures are made."""

    kind: ClassVar[str]
    required: ClassVar[Mapping[str, Shape]]
    optional: ClassVar[Mapping[str, Shape]] = {}
    quiet: ClassVar[frozenset[str]] = frozenset()  # gestures that only move about: not told afterwards

    @abstractmethod
    def aspects(self, world: World) -> dict[str, tuple[str, ...]]:
        """Return every aspect of the state with its values, the one it starts with first."""

    @abstractmethod
    def gestures(self, world: World) -> Iterator[Gesture]:
        """Yield every gesture of the scenario, possible now or not."""

    @abstractmethod
    def refusal(self, world: World, state: State, gesture: Gesture) -> str:
        """Return why a gesture of the scenario is not possible in this state, or nothing when it is."""

    @abstractmethod
    def effect(self, world: World, state: State, gesture: Gesture) -> dict[str, str]:
        """Return the aspects that a possible gesture changes."""

    @abstractmethod
    def words(self, scene: Scene, gesture: Gesture) -> str:
        """Return a gesture in words, as on its button."""

    @abstractmethod
    def draw(self, desk: "Desk") -> dict[str, Any]:
        """Return what is seen in a state, with its buttons."""

    def told(self, world: World, state: State, gesture: Gesture) -> str:
        """Return what follows from a gesture made in `state`: the author's words, else ours."""
        told = world.scene.get("told", {})
        for name in ("-".join(filter(None, gesture)), f"{gesture.do}-{gesture.on}"):
            if name in told:
                return str(told[name])
        return self.consequence(world, state, gesture)

    def told_names(self, world: World) -> set[str]:
        """Return the names under `told` that are no gesture and that the environment uses all the same."""
        return set()

    def consequence(self, world: World, state: State, gesture: Gesture) -> str:
        """Return what we say follows from a gesture, when the author says nothing."""
        return ""

    def problems(self, world: World, language: str) -> Iterator[Problem]:
        """Yield what is wrong inside a scene and its rules, beyond their shapes."""
        return iter(())

    def shape(self) -> Shape:
        """Return the shape of a scene of this kind."""
        return fields({"kind": text(30), **self.required}, {"told": _told, **self.optional})


@dataclass(frozen=True)
class Desk:
    """A state being drawn for one attempt."""

    environment: Environment
    world: World
    state: State
    done: tuple[Gesture, ...]
    veil: Veil

    @property
    def scene(self) -> Scene:
        """The scene, in the language of the page."""
        return self.world.scene

    def button(self, do: str, on: str = "", value: str = "", label: str = "", is_on: bool = False) -> dict[str, Any]:
        """Return a gesture as a button; `is_possible` says whether it can be pressed."""
        gesture = Gesture(do, on, value)
        words = self.environment.words(self.scene, gesture)
        is_possible = not self.environment.refusal(self.world, self.state, gesture)
        return {
            **self.hidden(gesture),
            "label": label or words,
            "words": words,
            "is_on": is_on,
            "is_possible": is_possible,
        }

    def buttons(self, *wanted: dict[str, Any]) -> list[dict[str, Any]]:
        """Keep the buttons that can be pressed."""
        return [button for button in wanted if button["is_possible"]]

    def hidden(self, gesture: Gesture) -> dict[str, str]:
        """Return the gesture with the ids of this attempt, and as a form sends it."""
        on, value = (self.veil.hide(part) if part else "" for part in gesture[1:])
        return {"do": gesture.do, "on": on, "value": value, "send": f"{gesture.do} {on} {value}".strip()}


def named(things: Iterable[Mapping[str, Any]], wanted: str) -> Mapping[str, Any]:
    """Return the thing with this id. Raises KeyError."""
    for thing in things:
        if thing["id"] == wanted:
            return thing
    raise KeyError(wanted)


def ids(things: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the ids of things, in order."""
    return tuple(str(thing["id"]) for thing in things)


def repeated_ids(scene: Scene, language: str, *lists: str) -> Iterator[Problem]:
    """Yield the ids used twice in the lists of a scene: each thing of a scene has its own."""
    seen: set[str] = set()
    for name in lists:
        for index, thing in enumerate(scene.get(name, ())):
            if thing["id"] in seen:
                yield (language, "scene", name, index, "id"), f"“{thing['id']}” names two things of the scene"
            seen.add(thing["id"])


def blocks(body: str) -> list[str]:
    """Return the paragraphs of a text; a line break inside one stays."""
    return [block.strip("\n") for block in body.split("\n\n") if block.strip()]


def not_now() -> str:
    """Return the plainest refusal."""
    return _("Ce geste n’est pas possible maintenant.")


def already() -> str:
    """Return the refusal of what is done already."""
    return _("C’est déjà fait.")


def _told(value: Any, keys: Keys, say: Say) -> dict[str, str]:
    """What follows from gestures: “report-m5” → a text (which gestures exist is seen by the gate)."""
    if not isinstance(value, dict) or not 0 < len(value) <= MOST_TOLD:
        say(keys, f"“told” is a mapping of 1 to {MOST_TOLD} gestures (report-m5) to what follows from them")
        return {}
    line = text(400)
    return {str(name)[:TOLD_NAME]: line(entry, (*keys, name), say) for name, entry in value.items()}
