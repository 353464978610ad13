"""A person's own health record: documents, who may see them, who read what, settings, trusted contact."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from question_bank.shapes import Problem, fields, identifier, listing, text

from ..gestures import Gesture
from .environment import LINE, Desk, Environment, Scene, State, World, already, ids, named, not_now, repeated_ids

DOCUMENT = fields({"id": identifier, "title": LINE, "author": LINE, "date": LINE})
PERSON = fields({"id": identifier, "name": LINE, "role": LINE})
ENTRY = fields({"id": identifier, "date": LINE, "who": LINE, "what": LINE})
SETTING = fields({"id": identifier, "title": LINE, "text": text(300)})
LISTS = ("documents", "professionals", "log", "settings", "contacts")
VERBS = {
    "documents": ("hide", "show"),
    "professionals": ("block", "allow"),
    "log": ("contest",),
    "settings": ("oppose", "accept"),
    "contacts": ("name", "remove"),
}
SECTION_OF = {verb: section for section, verbs in VERBS.items() for verb in verbs}
ASPECT_OF = {"documents": "document", "professionals": "access", "log": "entry", "settings": "setting"}
RESULTS = {
    "hide": "hidden",
    "show": "visible",
    "block": "blocked",
    "allow": "allowed",
    "contest": "contested",
    "oppose": "opposed",
    "accept": "accepted",
}
VALUES = {
    "documents": ("visible", "hidden"),
    "professionals": ("allowed", "blocked"),
    "log": ("plain", "contested"),
    "settings": ("accepted", "opposed"),
}


class HealthRecord(Environment):
    kind = "health_record"
    required = {"app": LINE, "person": LINE, "documents": listing(DOCUMENT, 2, 8)}
    optional = {
        "professionals": listing(PERSON, 1, 8),
        "log": listing(ENTRY, 1, 10),
        "settings": listing(SETTING, 1, 5),
        "contacts": listing(PERSON, 1, 5),
    }
    quiet = frozenset({"go"})

    def aspects(self, world: World) -> dict[str, tuple[str, ...]]:
        sections = _sections(world.scene)
        found = {"screen": sections} | {f"seen.{name}": ("no", "yes") for name in sections[1:]}
        for section, values in VALUES.items():
            found |= {f"{ASPECT_OF[section]}.{name}": values for name in ids(world.scene.get(section, ()))}
        if "contacts" in world.scene:
            found["contact"] = ("none", *ids(world.scene["contacts"]))
        return found

    def gestures(self, world: World) -> Iterator[Gesture]:
        for section in _sections(world.scene):
            yield Gesture("go", section)
        for section, verbs in VERBS.items():
            for name in ids(world.scene.get(section, ())):
                yield from (Gesture(verb, name) for verb in verbs)

    def refusal(self, world: World, state: State, gesture: Gesture) -> str:
        do, on, _value = gesture
        if do == "go":
            return already() if state["screen"] == on else ""
        section = SECTION_OF[do]
        if state["screen"] != section:
            return _("Ouvrez d’abord la rubrique « %s ».") % _title(section)
        if do == "name":
            return already() if state["contact"] == on else ""
        if do == "remove":
            return "" if state["contact"] == on else not_now()
        return already() if state[f"{ASPECT_OF[section]}.{on}"] == RESULTS[do] else ""

    def effect(self, world: World, state: State, gesture: Gesture) -> dict[str, str]:
        do, on, _value = gesture
        if do == "go":
            return {"screen": on} | ({f"seen.{on}": "yes"} if f"seen.{on}" in state else {})
        if do in VERBS["contacts"]:
            return {"contact": on if do == "name" else "none"}
        return {f"{ASPECT_OF[SECTION_OF[do]]}.{on}": RESULTS[do]}

    def words(self, scene: Scene, gesture: Gesture) -> str:
        do, on, _value = gesture
        if do == "go":
            return _("Ouvrir la rubrique « %s »") % _title(on)
        thing = named(scene[SECTION_OF[do]], on)
        said = {
            "hide": _("Masquer « %s »"),
            "show": _("Rendre visible « %s »"),
            "block": _("Bloquer l’accès de %s"),
            "allow": _("Autoriser l’accès de %s"),
            "contest": _("Signaler l’accès « %s »"),
            "oppose": _("S’opposer : « %s »"),
            "accept": _("Accepter : « %s »"),
            "name": _("Inscrire %s comme personne de confiance"),
            "remove": _("Retirer %s"),
        }[do]
        return said % (thing.get("title") or thing.get("name") or f"{thing['who']}, {thing['date']}")

    def consequence(self, world: World, state: State, gesture: Gesture) -> str:
        return {
            "hide": _("Le document est masqué. Vous pouvez le rendre visible à tout moment."),
            "show": _("Le document est de nouveau visible."),
            "block": _("L’accès est bloqué. Vous pouvez l’autoriser de nouveau."),
            "allow": _("L’accès est autorisé."),
            "contest": _("Votre signalement est envoyé."),
            "oppose": _("Votre opposition est enregistrée."),
            "accept": _("Votre accord est enregistré."),
            "name": _("La personne est enregistrée dans votre profil."),
            "remove": _("La personne est retirée."),
        }.get(gesture.do, "")

    def draw(self, desk: Desk) -> dict[str, Any]:
        scene, here = desk.scene, desk.state["screen"]
        sections = _sections(scene)
        return {
            "app": scene["app"],
            "person": scene["person"],
            "section": here,
            "title": _title(here),
            "tabs": [desk.button("go", name, label=_title(name), is_on=name == here) for name in sections],
            "rows": {name: [self._row(desk, name, thing) for thing in scene[name]] for name in sections},
        }

    def _row(self, desk: Desk, section: str, thing: Mapping[str, Any]) -> dict[str, Any]:
        name, labels = thing["id"], _labels()
        parts = [thing[part] for part in ("author", "role", "what", "text", "date") if part in thing]
        buttons = desk.buttons(*(desk.button(verb, name, label=labels[verb]) for verb in VERBS[section]))
        return {
            "title": thing.get("title") or thing.get("name") or thing["who"],
            "details": parts,
            "state": self._state(desk.state, section, name),
            "is_off": self._is_off(desk.state, section, name),
            "buttons": buttons,
        }

    def _state(self, state: State, section: str, name: str) -> str:
        if section == "contacts":
            return _("personne de confiance") if state["contact"] == name else ""
        return {
            "visible": _("visible"),
            "hidden": _("masqué"),
            "allowed": _("accès autorisé"),
            "blocked": _("accès bloqué"),
            "plain": "",
            "contested": _("accès signalé"),
            "accepted": _("accepté"),
            "opposed": _("opposition enregistrée"),
        }[state[f"{ASPECT_OF[section]}.{name}"]]

    def _is_off(self, state: State, section: str, name: str) -> bool:
        return section != "contacts" and state[f"{ASPECT_OF[section]}.{name}"] == VALUES[section][1]

    def problems(self, world: World, language: str) -> Iterator[Problem]:
        yield from repeated_ids(world.scene, language, *LISTS)


def _sections(scene: Scene) -> tuple[str, ...]:
    return tuple(name for name in LISTS if name in scene)


def _title(section: str) -> str:
    return {
        "documents": _("Documents"),
        "professionals": _("Qui a accès"),
        "log": _("Historique des accès"),
        "settings": _("Réglages"),
        "contacts": _("Mes proches"),
    }[section]


def _labels() -> dict[str, str]:
    return {
        "hide": _("Masquer"),
        "show": _("Rendre visible"),
        "block": _("Bloquer l’accès"),
        "allow": _("Autoriser l’accès"),
        "contest": _("Signaler cet accès"),
        "oppose": _("S’opposer"),
        "accept": _("Accepter"),
        "name": _("Inscrire comme personne de confiance"),
        "remove": _("Retirer"),
    }
