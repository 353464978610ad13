"""Playing a scenario: state = apply(start, gesture, gesture…). No clock, no chance."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..gestures import Gesture
from .environment import Environment, State, World

MOST_GESTURES = 100


class ImpossibleGesture(Exception):
    """A gesture that the present state does not allow: which one (from 0), and the sentence for the person."""

    def __init__(self, index: int, sentence: str) -> None:
        super().__init__(sentence)
        self.index, self.sentence = index, sentence


@dataclass(frozen=True)
class Played:
    """What was done and where it led; `before` is the state in which the last gesture was made."""

    done: tuple[Gesture, ...]
    before: State
    state: State


def first_state(environment: Environment, world: World) -> State:
    """Return the state before any gesture."""
    return {
        aspect: start if (start := world.start.get(aspect, "")) in values else values[0]
        for aspect, values in environment.aspects(world).items()
    }


def replay(environment: Environment, world: World, gestures: Iterable[Gesture]) -> Played:
    """Return where an answer led; what a draft or a later rule does not allow is left out rather than refused."""
    known = frozenset(environment.gestures(world))
    kept: list[Gesture] = []
    before = state = first_state(environment, world)
    for gesture in gestures:
        if gesture in known and not environment.refusal(world, state, gesture):
            before, state = state, {**state, **environment.effect(world, state, gesture)}
            kept.append(gesture)
    return Played(tuple(kept), before, state)


def play(environment: Environment, world: World, gestures: Iterable[Gesture]) -> Played:
    """Return where the gestures lead. Raises ImpossibleGesture on the first one that cannot be made."""
    known = frozenset(environment.gestures(world))
    before = state = first_state(environment, world)
    done: list[Gesture] = []
    for index, gesture in enumerate(gestures):
        if index >= MOST_GESTURES:
            raise ImpossibleGesture(index, _("Vous avez fait cent gestes : terminez maintenant."))
        if gesture not in known:
            raise ImpossibleGesture(index, _("Ce geste n’existe pas dans cette situation."))
        if refusal := environment.refusal(world, state, gesture):
            raise ImpossibleGesture(index, refusal)
        before, state = state, {**state, **environment.effect(world, state, gesture)}
        done.append(gesture)
    return Played(tuple(done), before, state)
