"""Checking who somebody is: the file, the documents shown, the national service; then a status and an action."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from question_bank.shapes import Problem, fields, identifier, listing, text

from ..gestures import Gesture
from .environment import (
    LABELLED,
    LINE,
    NAMED,
    Desk,
    Environment,
    Scene,
    State,
    World,
    already,
    ids,
    named,
    repeated_ids,
)

TRAIT = fields({"id": identifier, "label": LINE, "value": LINE})
DOCUMENT = fields({"id": identifier, "title": LINE, "rows": listing(LABELLED, 1, 8)}, {"notice": text(300)})
SERVICE = fields({"title": LINE, "rows": listing(LABELLED, 1, 8)}, {"notice": text(300)})
NONE = "none"
MARKS = ("same", "differs")


class IdentityCheck(Environment):
    kind = "identity_check"
    required = {
        "app": LINE,
        "person": text(300),
        "traits": listing(TRAIT, 3, 7),
        "documents": listing(DOCUMENT, 1, 4),
        "statuses": listing(NAMED, 2, 6),
        "actions": listing(NAMED, 2, 6),
    }
    optional = {"service": SERVICE}

    def aspects(self, world: World) -> dict[str, tuple[str, ...]]:
        scene = world.scene
        found: dict[str, tuple[str, ...]] = {f"seen.{name}": ("no", "yes") for name in ids(scene["documents"])}
        found |= {f"mark.{name}": (NONE, *MARKS) for name in ids(scene["traits"])}
        if "service" in scene:
            found["queried"] = ("no", "yes")
        return {**found, "status": (NONE, *ids(scene["statuses"])), "action": (NONE, *ids(scene["actions"]))}

    def gestures(self, world: World) -> Iterator[Gesture]:
        scene = world.scene
        yield from (Gesture("look", name) for name in ids(scene["documents"]))
        if "service" in scene:
            yield Gesture("query")
        yield from (Gesture("mark", name, mark) for name in ids(scene["traits"]) for mark in MARKS)
        yield from (Gesture("choose", "status", name) for name in ids(scene["statuses"]))
        yield from (Gesture("choose", "action", name) for name in ids(scene["actions"]))

    def refusal(self, world: World, state: State, gesture: Gesture) -> str:
        do, on, value = gesture
        if do == "look":
            return already() if state[f"seen.{on}"] == "yes" else ""
        if do == "query":
            return already() if state["queried"] == "yes" else ""
        if do == "choose":
            return already() if state[on] == value else ""
        if not any(kept == "yes" for aspect, kept in state.items() if aspect.startswith(("seen.", "queried"))):
            return _("Pour comparer un trait, regardez d’abord un document ou interrogez le téléservice.")
        return already() if state[f"mark.{on}"] == value else ""

    def effect(self, world: World, state: State, gesture: Gesture) -> dict[str, str]:
        do, on, value = gesture
        if do == "look":
            return {f"seen.{on}": "yes"}
        if do == "query":
            return {"queried": "yes"}
        return {on: value} if do == "choose" else {f"mark.{on}": value}

    def words(self, scene: Scene, gesture: Gesture) -> str:
        do, on, value = gesture
        if do == "look":
            return str(_("Demander et regarder : %s") % named(scene["documents"], on)["title"])
        if do == "query":
            return str(_("Interroger %s") % scene["service"]["title"])
        if do == "choose":
            things, said = (
                (scene["statuses"], _("Statut de l’identité : %s"))
                if on == "status"
                else (scene["actions"], _("Action : %s"))
            )
            return str(said % named(things, value)["text"])
        said = _("« %s » concorde") if value == "same" else _("« %s » ne concorde pas")
        return str(said % named(scene["traits"], on)["label"])

    def consequence(self, world: World, state: State, gesture: Gesture) -> str:
        return {
            "look": _("Le document est affiché ci-dessous."),
            "query": _("La réponse est affichée ci-dessous."),
        }.get(gesture.do, "")

    def draw(self, desk: Desk) -> dict[str, Any]:
        scene, state = desk.scene, desk.state
        service = scene.get("service")
        shown = [document for document in scene["documents"] if state[f"seen.{document['id']}"] == "yes"]
        is_queried = service is not None and state["queried"] == "yes"
        asked = [desk.button("look", name) for name in ids(scene["documents"])]
        asked += [desk.button("query")] if service is not None else []
        return {
            "app": scene["app"],
            "person": scene["person"],
            "asks": desk.buttons(*asked),
            "papers": [_paper(document) for document in (*shown, *([service] if is_queried else []))],
            "traits": [self._trait(desk, trait) for trait in scene["traits"]],
            "statuses": self._choices(desk, "status", scene["statuses"]),
            "actions": self._choices(desk, "action", scene["actions"]),
        }

    def _trait(self, desk: Desk, trait: Mapping[str, Any]) -> dict[str, Any]:
        name, mark = trait["id"], desk.state[f"mark.{trait['id']}"]
        labels = {"same": _("Concorde"), "differs": _("Ne concorde pas")}
        wanted = [desk.button("mark", name, value, label=labels[value], is_on=mark == value) for value in MARKS]
        return {
            "label": trait["label"],
            "value": trait["value"],
            "mark": labels.get(mark, ""),
            "buttons": [button for button in wanted if button["is_possible"] or button["is_on"]],
        }

    def _choices(self, desk: Desk, on: str, things: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [
            desk.button("choose", on, thing["id"], label=thing["text"], is_on=desk.state[on] == thing["id"])
            for thing in desk.veil.order(things)
        ]

    def problems(self, world: World, language: str) -> Iterator[Problem]:
        yield from repeated_ids(world.scene, language, "traits", "documents", "statuses", "actions")
        for name in ("statuses", "actions"):
            for index, thing in enumerate(world.scene[name]):
                if thing["id"] == NONE:
                    yield (language, "scene", name, index, "id"), "“none” is a word of the environment itself"


def _paper(paper: Mapping[str, Any]) -> dict[str, Any]:
    return {"title": paper["title"], "rows": paper["rows"], "notice": paper.get("notice", "")}
