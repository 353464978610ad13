"""A mailbox of eight to twelve messages: open, sort, report, check by another way, answer."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from question_bank.shapes import Problem, fields, identifier, listing, text

from ..gestures import Gesture
from .environment import (
    LINE,
    NAMED,
    Desk,
    Environment,
    Scene,
    State,
    World,
    already,
    blocks,
    ids,
    named,
    not_now,
    repeated_ids,
)

MESSAGE = fields(
    {"id": identifier, "from": LINE, "address": LINE, "subject": LINE, "date": LINE, "body": text(900, lines=True)},
    {
        "link": fields({"text": text(120), "address": text(200)}),
        "attachment": LINE,
        "replies": listing(NAMED, 1, 4),
    },
)
LIST, INBOX, REPORTED, DELETED = "list", "inbox", "reported", "deleted"


class Mailbox(Environment):
    kind = "mailbox"
    required = {"app": LINE, "owner": LINE, "messages": listing(MESSAGE, 8, 12)}
    optional = {"folders": listing(NAMED, 1, 4)}
    quiet = frozenset({"open", "close"})

    def aspects(self, world: World) -> dict[str, tuple[str, ...]]:
        messages = world.scene["messages"]
        places = (INBOX, REPORTED, DELETED, *ids(world.scene.get("folders", ())))
        found: dict[str, tuple[str, ...]] = {"screen": (LIST, *ids(messages))}
        for message in messages:
            name = message["id"]
            found |= {f"place.{name}": places, f"read.{name}": ("no", "yes"), f"checked.{name}": ("no", "yes")}
            if "link" in message:
                found[f"link.{name}"] = ("closed", "followed")
            if "attachment" in message:
                found[f"file.{name}"] = ("closed", "opened")
            if "replies" in message:
                found[f"reply.{name}"] = ("none", *ids(message["replies"]))
        return found

    def gestures(self, world: World) -> Iterator[Gesture]:
        yield Gesture("close")
        for message in world.scene["messages"]:
            name = message["id"]
            yield from (Gesture(do, name) for do in ("open", "report", "delete", "restore", "check"))
            yield from (Gesture("file", name, folder) for folder in ids(world.scene.get("folders", ())))
            if "link" in message:
                yield Gesture("follow", name)
            if "attachment" in message:
                yield Gesture("download", name)
            yield from (Gesture("reply", name, reply) for reply in ids(message.get("replies", ())))

    def refusal(self, world: World, state: State, gesture: Gesture) -> str:
        do, on, _value = gesture
        if do == "close":
            return not_now() if state["screen"] == LIST else ""
        if do == "open":
            return already() if state["screen"] == on else ""
        if state["screen"] != on:
            return _("Ouvrez d’abord ce message.")
        is_away = state[f"place.{on}"] in (REPORTED, DELETED)
        if do == "restore":
            return "" if state[f"place.{on}"] != INBOX else already()
        if is_away:
            return _("Ce message n’est plus dans la boîte : remettez-le d’abord.")
        return self._repeated(state, gesture)

    def _repeated(self, state: State, gesture: Gesture) -> str:
        do, on, value = gesture
        if do == "reply":
            return already() if state[f"reply.{on}"] != "none" else ""
        if do == "file":
            return already() if state[f"place.{on}"] == value else ""
        return already() if do == "check" and state[f"checked.{on}"] == "yes" else ""

    def effect(self, world: World, state: State, gesture: Gesture) -> dict[str, str]:
        do, on, value = gesture
        match do:
            case "close":
                return {"screen": LIST}
            case "open":
                return {"screen": on, f"read.{on}": "yes"}
            case "report" | "delete" | "file":
                place = {"report": REPORTED, "delete": DELETED}.get(do, value)
                return {f"place.{on}": place, "screen": LIST}
            case "restore":
                return {f"place.{on}": INBOX}
            case "follow":
                return {f"link.{on}": "followed"}
            case "download":
                return {f"file.{on}": "opened"}
            case "reply":
                return {f"reply.{on}": value}
        return {f"checked.{on}": "yes"}

    def words(self, scene: Scene, gesture: Gesture) -> str:
        do, on, _value = gesture
        if do == "close":
            return _("Revenir à la liste")
        message = named(scene["messages"], on)
        said = {
            "open": _("Ouvrir « %(subject)s »"),
            "report": _("Signaler « %(subject)s » comme suspect"),
            "delete": _("Supprimer « %(subject)s »"),
            "restore": _("Remettre « %(subject)s » dans la boîte"),
            "check": _("Vérifier « %(subject)s » auprès de l’expéditeur, par un numéro connu"),
            "file": _("Ranger « %(subject)s » dans « %(value)s »"),
            "follow": _("Suivre le lien de « %(subject)s »"),
            "download": _("Ouvrir la pièce jointe de « %(subject)s »"),
            "reply": _("Répondre à « %(subject)s » : « %(value)s »"),
        }[do]
        return said % {"subject": message["subject"], "value": self._value(scene, message, gesture)}

    def _value(self, scene: Scene, message: Mapping[str, Any], gesture: Gesture) -> str:
        things = {"file": scene.get("folders", ()), "reply": message.get("replies", ())}.get(gesture.do, ())
        return str(named(things, gesture.value)["text"]) if gesture.value else ""

    def consequence(self, world: World, state: State, gesture: Gesture) -> str:
        return {
            "report": _("Le message quitte la boîte et part à l’équipe de sécurité."),
            "delete": _("Le message est dans la corbeille."),
            "restore": _("Le message est de nouveau dans la boîte."),
            "check": _("Vous appelez le numéro que vous connaissez déjà : personne ne répond pour l’instant."),
            "follow": _("Une page s’ouvre."),
            "download": _("Le fichier s’ouvre."),
            "reply": _("Votre réponse est partie."),
        }.get(gesture.do, "")

    def draw(self, desk: Desk) -> dict[str, Any]:
        rows = [self._row(desk, message) for message in desk.scene["messages"]]
        opened = next((row for row in rows if row["is_open"]), None)
        return {
            "app": desk.scene["app"],
            "owner": desk.scene["owner"],
            "messages": rows,
            "opened": opened,
            "actions": self._actions(desk) if opened else [],
        }

    def _row(self, desk: Desk, message: Mapping[str, Any]) -> dict[str, Any]:
        name = message["id"]
        link, place = message.get("link"), desk.state[f"place.{name}"]
        return {
            **{field: message[field] for field in ("from", "address", "subject", "date")},
            "body": blocks(message["body"]),
            "link": dict(link) if link else None,
            "attachment": message.get("attachment", ""),
            "place": self._place(desk.scene, place),
            "is_away": place in (REPORTED, DELETED),
            "is_read": desk.state[f"read.{name}"] == "yes",
            "is_open": desk.state["screen"] == name,
            "open": desk.button("open", name, label=message["subject"]),
        }

    def _place(self, scene: Scene, place: str) -> str:
        ours = {INBOX: "", REPORTED: _("signalé"), DELETED: _("supprimé")}
        return ours[place] if place in ours else str(named(scene["folders"], place)["text"])

    def _actions(self, desk: Desk) -> list[dict[str, Any]]:
        name = desk.state["screen"]
        message = named(desk.scene["messages"], name)
        wanted = [desk.button("report", name, label=_("Signaler comme suspect"))]
        if "link" in message:
            wanted.append(desk.button("follow", name, label=_("Suivre le lien")))
        if "attachment" in message:
            wanted.append(desk.button("download", name, label=_("Ouvrir la pièce jointe")))
        wanted.append(desk.button("check", name, label=_("Appeler l’expéditeur à un numéro connu")))
        for reply in desk.veil.order(message.get("replies", ())):
            wanted.append(desk.button("reply", name, reply["id"], label=_("Répondre : « %s »") % reply["text"]))
        for folder in desk.scene.get("folders", ()):
            wanted.append(desk.button("file", name, folder["id"], label=_("Ranger dans « %s »") % folder["text"]))
        wanted += [
            desk.button("delete", name, label=_("Supprimer")),
            desk.button("restore", name, label=_("Remettre dans la boîte")),
        ]
        return [*desk.buttons(*wanted), desk.button("close")]

    def problems(self, world: World, language: str) -> Iterator[Problem]:
        yield from repeated_ids(world.scene, language, "messages", "folders")
        taken = {LIST, INBOX, REPORTED, DELETED}
        for name in ("messages", "folders"):
            for index, thing in enumerate(world.scene.get(name, ())):
                if thing["id"] in taken:
                    yield (language, "scene", name, index, "id"), f"“{thing['id']}” is a word of the mailbox itself"
