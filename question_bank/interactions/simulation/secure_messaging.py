"""Writing a message: which channel, to whom, with which subject and attachments; then send."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from question_bank.shapes import Problem, fields, identifier, listing, text

from ..gestures import Gesture
from .environment import (
    LABELLED,
    LINE,
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

OPTION = fields({"id": identifier, "text": text(160)}, {"note": text(160)})
FIELD = fields({"id": identifier, "label": LINE, "options": listing(OPTION, 2, 6)})
FILE = fields({"id": identifier, "text": LINE}, {"note": text(160)})
NONE = "none"


class SecureMessaging(Environment):
    kind = "secure_messaging"
    required = {"app": LINE, "owner": LINE, "fields": listing(FIELD, 1, 5)}
    optional = {"facts": listing(LABELLED, 1, 8), "files": listing(FILE, 1, 6)}

    def aspects(self, world: World) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {
            f"choice.{field['id']}": (NONE, *ids(field["options"])) for field in world.scene["fields"]
        }
        found |= {f"file.{name}": ("out", "in") for name in ids(world.scene.get("files", ()))}
        return {**found, "sent": ("no", "yes")}

    def gestures(self, world: World) -> Iterator[Gesture]:
        for field in world.scene["fields"]:
            yield from (Gesture("choose", field["id"], option) for option in ids(field["options"]))
        for name in ids(world.scene.get("files", ())):
            yield from (Gesture(do, name) for do in ("attach", "detach"))
        yield Gesture("send")

    def refusal(self, world: World, state: State, gesture: Gesture) -> str:
        do, on, value = gesture
        if state["sent"] == "yes":
            return _("Le message est parti : il ne peut plus changer.")
        if do == "choose":
            return already() if state[f"choice.{on}"] == value else ""
        if do == "send":
            return self._lacks(world.scene, state)
        return already() if state[f"file.{on}"] == ("in" if do == "attach" else "out") else ""

    def _lacks(self, scene: Scene, state: State) -> str:
        empty = [field["label"] for field in scene["fields"] if state[f"choice.{field['id']}"] == NONE]
        return _("Avant d’envoyer, choisissez : %s.") % ", ".join(empty) if empty else ""

    def effect(self, world: World, state: State, gesture: Gesture) -> dict[str, str]:
        do, on, value = gesture
        if do == "choose":
            return {f"choice.{on}": value}
        return {"sent": "yes"} if do == "send" else {f"file.{on}": "in" if do == "attach" else "out"}

    def words(self, scene: Scene, gesture: Gesture) -> str:
        do, on, value = gesture
        if do == "send":
            return _("Envoyer le message")
        if do == "choose":
            field = named(scene["fields"], on)
            return _("%(field)s : %(option)s") % {
                "field": field["label"],
                "option": named(field["options"], value)["text"],
            }
        said = _("Joindre « %s »") if do == "attach" else _("Retirer « %s »")
        return str(said % named(scene["files"], on)["text"])

    def told(self, world: World, state: State, gesture: Gesture) -> str:
        """Sending tells what the author wrote for one of the choices made (“send-mss”), the first that has some."""
        if gesture.do != "send":
            return super().told(world, state, gesture)
        told = world.scene.get("told", {})
        chosen = (state[f"choice.{field['id']}"] for field in world.scene["fields"])
        return str(
            next((told[f"send-{name}"] for name in chosen if f"send-{name}" in told), _("Le message est parti."))
        )

    def told_names(self, world: World) -> set[str]:
        return {f"send-{name}" for field in world.scene["fields"] for name in ids(field["options"])}

    def draw(self, desk: Desk) -> dict[str, Any]:
        scene, state = desk.scene, desk.state
        return {
            "app": scene["app"],
            "owner": scene["owner"],
            "facts": scene.get("facts", []),
            "is_sent": state["sent"] == "yes",
            "fields": [self._field(desk, field) for field in scene["fields"]],
            "files": [self._file(desk, file) for file in scene.get("files", ())],
            "send": desk.button("send"),
        }

    def _field(self, desk: Desk, field: Mapping[str, Any]) -> dict[str, Any]:
        name, chosen = field["id"], desk.state[f"choice.{field['id']}"]
        options = desk.veil.order(field["options"])
        return {
            "label": field["label"],
            "chosen": named(options, chosen)["text"] if chosen != NONE else "",
            "options": [
                {
                    **desk.button("choose", name, option["id"], label=option["text"], is_on=option["id"] == chosen),
                    "note": option.get("note", ""),
                }
                for option in options
            ],
        }

    def _file(self, desk: Desk, file: Mapping[str, Any]) -> dict[str, Any]:
        is_in = desk.state[f"file.{file['id']}"] == "in"
        button = desk.button("detach" if is_in else "attach", file["id"], label=file["text"], is_on=is_in)
        return {**button, "note": file.get("note", "")}

    def problems(self, world: World, language: str) -> Iterator[Problem]:
        yield from repeated_ids(world.scene, language, "fields", "files")
        for index, field in enumerate(world.scene["fields"]):
            names = ids(field["options"])
            if len(set(names)) < len(names) or NONE in names:
                yield (language, "scene", "fields", index, "options"), "options have ids of their own, none is “none”"
