"""The interaction `simulation`: its scenario is played by gestures, its score follows from the state reached."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from question_bank.errors import InvalidAnswer
from question_bank.shapes import Keys, Problem, Say, nearest

from ..answers import Answer, gestures_of
from ..base import Interaction, Row
from ..choosing import choices_shape
from ..content import ItemContent, Wording
from ..gestures import Gesture
from ..inputs import Form, listed, one
from ..mask import OptionMask
from .environment import Desk, Environment, Thing, Veil, World
from .gate import scenario_problems
from .goals import ANSWER_OPTIONAL, ANSWER_REQUIRED, category, held_back, is_reached
from .health_record import HealthRecord
from .identity_check import IdentityCheck
from .incident import Incident
from .mailbox import Mailbox
from .playing import MOST_GESTURES, ImpossibleGesture, Played, play, replay
from .secure_messaging import SecureMessaging
from .teleconsultation import Teleconsultation

ENVIRONMENTS: dict[str, Environment] = {
    environment.kind: environment
    for environment in (
        Mailbox(),
        HealthRecord(),
        SecureMessaging(),
        IdentityCheck(),
        Teleconsultation(),
        Incident(),
    )
}
PREFIX = "gesture:"


def _scene(value: Any, keys: Keys, say: Say) -> dict[str, Any]:
    """The shape of a scene: what its kind asks for."""
    kind = value.get("kind") if isinstance(value, dict) else None
    if kind not in ENVIRONMENTS:
        say((*keys, "kind"), f"the scene has no known kind; {nearest(kind or '', tuple(ENVIRONMENTS))}")
        return {}
    found: dict[str, Any] = ENVIRONMENTS[str(kind)].shape()(value, keys, say)
    return found


class AttemptVeil(Veil):
    """The mask of an attempt over the ids of a scenario."""

    def __init__(self, content: ItemContent, mask: OptionMask) -> None:
        self.version, self.mask = content.version_uuid, mask

    def hide(self, real: str) -> str:
        return self.mask.hide(self.version, PREFIX + real)

    def order(self, things: Sequence[Thing]) -> list[Thing]:
        return sorted(things, key=lambda thing: self.mask.hide(self.version, "order:" + str(thing["id"])))


class Simulation(Interaction):
    name = "simulation"
    answer_kind = "actions"
    is_played = True
    answer_required = ANSWER_REQUIRED
    answer_optional = ANSWER_OPTIONAL
    required = {"scene": _scene, "goals": choices_shape(1, 10)}

    # — what an item file must hold —

    def problems(self, answer: Mapping[str, Any], wording: Mapping[str, Any], language: str) -> Iterator[Problem]:
        environment, world = ENVIRONMENTS[wording["scene"]["kind"]], _world(answer, wording["scene"])
        written, told = ([goal["id"] for goal in goals] for goals in (answer["goals"], wording["goals"]))
        if written != told:
            yield (language, "goals"), f"the goals are those of `answer`, in the same order: {', '.join(written)}"
        found = list(environment.problems(world, language))
        yield from found
        if language == "fr" and not found:
            yield from scenario_problems(answer, environment, world)

    def guessing(self, answer: Mapping[str, Any], wording: Mapping[str, Any]) -> float:
        return 0.0

    def top_score(self, answer: Mapping[str, Any], wording: Mapping[str, Any]) -> int:
        return len(answer["levels"])

    # — asking —

    def expected(self, answer: Mapping[str, Any], wording: Wording) -> Answer:
        return Answer(self.answer_kind, tuple(Gesture.from_json(step) for step in answer["solution"]))

    def body(self, content: ItemContent, wording: Wording, mask: OptionMask) -> dict[str, Any]:
        return {}

    def scene(
        self, content: ItemContent, wording: Wording, mask: OptionMask, done: Sequence[Gesture]
    ) -> dict[str, Any]:
        """Return the environment as it stands after `done`, and every gesture of the scenario."""
        environment, world = _playable(content, wording)
        with override(wording.language):
            played = replay(environment, world, done)
            desk = Desk(environment, world, played.state, played.done, AttemptVeil(content, mask))
            return {
                "kind": environment.kind,
                "step": len(done) + 1,
                "last": _last(environment, world, played),
                "done": [
                    environment.words(world.scene, gesture) for gesture in done if gesture.do not in environment.quiet
                ],
                "view": environment.draw(desk),
                "gestures": [_listed(desk, gesture) for gesture in environment.gestures(world)],
            }

    def refusal(self, content: ItemContent, done: Sequence[Gesture]) -> str:
        error = self._impossible(content, done)
        return error.sentence if error else ""

    def _impossible(self, content: ItemContent, done: Sequence[Gesture]) -> ImpossibleGesture | None:
        """Return the first gesture of `done` that cannot be made, or None when all can."""
        environment, world = _playable(content, content.wording("fr"))
        try:
            play(environment, world, done)
        except ImpossibleGesture as error:
            return error
        return None

    def read_gesture(self, content: ItemContent, sent: Any, mask: OptionMask) -> Gesture | None:
        """Return the gesture that opaque ids stand for, or None when it is none of the scenario."""
        if not isinstance(sent, Mapping) or not all(isinstance(part, str) for part in sent.values()):
            return None
        environment, world = _playable(content, content.wording("fr"))
        veil, asked = AttemptVeil(content, mask), tuple(sent.get(name, "") for name in Gesture._fields)
        for gesture in environment.gestures(world):
            if gesture.do == asked[0] and asked[1:] == tuple(part and veil.hide(part) for part in gesture[1:]):
                return gesture
        return None

    def from_json(self, content: ItemContent, payload: Mapping[str, Any], mask: OptionMask) -> Answer:
        sent = listed(payload.get("value"), "value")
        if len(sent) > MOST_GESTURES:
            raise InvalidAnswer("value", _("Il y a plus de %(most)d gestes.") % {"most": MOST_GESTURES})
        done: list[Gesture] = []
        for index, one_sent in enumerate(sent):
            gesture = self.read_gesture(content, one_sent, mask)
            if gesture is None:
                raise InvalidAnswer(f"value.{index}", _("Ce geste n’existe pas dans cette situation."))
            done.append(gesture)
        return self._answer(content, done, "value")

    def from_form(self, content: ItemContent, data: Form, mask: OptionMask) -> Answer:
        return self.from_gestures(content, data, ())

    def from_gestures(self, content: ItemContent, data: Form, done: Sequence[Gesture]) -> Answer:
        """The form only says how many gestures it saw: those made elsewhere since then are shown first."""
        if one(data, "step") not in ("", str(len(done) + 1)):
            raise InvalidAnswer(
                "gesture",
                _("Un geste a été fait ailleurs entre-temps. Voici où vous en êtes : vérifiez, puis terminez."),
            )
        return self._answer(content, done, "gesture")

    def _answer(self, content: ItemContent, done: Sequence[Gesture], field: str) -> Answer:
        if not done:
            raise InvalidAnswer(field, _("Faites au moins un geste, ou choisissez « Je ne sais pas »."))
        if error := self._impossible(content, done):
            raise InvalidAnswer(f"{field}.{error.index}", error.sentence)
        return Answer(self.answer_kind, tuple(done))

    # — after the answer —

    def score(self, content: ItemContent, answer: Answer) -> int:
        played = _replayed(content, content.wording("fr"), answer)
        return category(content.answer, played.state, played.done)

    def is_correct(self, content: ItemContent, answer: Answer) -> bool:
        return not answer.is_unknown and self.score(content, answer) == content.top_score

    def texts(self, content: ItemContent, wording: Wording, answer: Answer) -> list[str]:
        """What was done, in words; moving about is left out."""
        environment, world = _playable(content, wording)
        done = replay(environment, world, gestures_of(answer)).done
        with override(wording.language):
            return [environment.words(world.scene, made) for made in done if made.do not in environment.quiet]

    def rows(self, content: ItemContent, wording: Wording, answer: Answer) -> list[Row]:
        """One per goal; `is_given` says whether it was reached."""
        played = _replayed(content, wording, answer)
        goals = () if answer.is_unknown else content.answer["goals"]
        held = {goal["id"] for goal in goals if is_reached(goal, played.state, played.done)}
        return [Row(goal.text, True, goal.id in held, goal.rationale) for goal in wording.goals]

    def scoring(self, content: ItemContent, wording: Wording, answer: Answer) -> Mapping[str, Any]:
        """Return the goals that held the score back, and whether the one is a limit rather than a step missed."""
        played = _replayed(content, wording, answer)
        held = held_back(content.answer, played.state, played.done)
        texts = [goal.text for goal in wording.goals if goal.id in held.goals]
        return {"goals": texts, "is_limit": held.is_limit} if texts else {}


def _world(answer: Mapping[str, Any], scene: Mapping[str, Any]) -> World:
    return World(scene, answer.get("rules", {}), answer.get("start", {}))


def _playable(content: ItemContent, wording: Wording) -> tuple[Environment, World]:
    scene = wording.scene or {}
    return ENVIRONMENTS[scene["kind"]], _world(content.answer, scene)


def _replayed(content: ItemContent, wording: Wording, answer: Answer) -> Played:
    return replay(*_playable(content, wording), gestures_of(answer))


def _last(environment: Environment, world: World, played: Played) -> dict[str, str] | None:
    if not played.done:
        return None
    gesture = played.done[-1]
    told = environment.told(world, played.before, gesture)
    return {"words": environment.words(world.scene, gesture), "told": told}


def _listed(desk: Desk, gesture: Gesture) -> dict[str, Any]:
    words = desk.environment.words(desk.scene, gesture)
    hidden = desk.hidden(gesture)
    return {"do": hidden["do"], "on": hidden["on"], "value": hidden["value"], "text": words} | {
        "is_possible": not desk.environment.refusal(desk.world, desk.state, gesture)
    }
