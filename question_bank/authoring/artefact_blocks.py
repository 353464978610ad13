"""The things an item can show, as blocks of a form: one per kind of docs/items.md."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

CharBlock, TextBlock = blocks.CharBlock, blocks.TextBlock
CELLS: Final = " | "


def _line(label: Any, help_text: Any = "") -> blocks.CharBlock:
    return CharBlock(label=label, required=False, default="", help_text=help_text)  # None could not be translated


def _body() -> blocks.TextBlock:
    sentence = _("Une ligne vide sépare deux paragraphes.")
    return TextBlock(label=_("Texte"), required=False, default="", help_text=sentence, rows=6)


def _pairs(label: Any) -> blocks.ListBlock:
    pair = blocks.StructBlock([("label", _line(_("Intitulé"))), ("value", _line(_("Valeur")))])
    return blocks.ListBlock(pair, label=label, default=[])


ALT = ("alt", _line(_("En quelques mots, pour qui ne la voit pas"), _("Par exemple : E-mail d’un inconnu")))
KINDS: Final[dict[str, tuple[Any, str, list[tuple[str, Any]]]]] = {
    "email": (_("E-mail"), "mail", [
        ("from", _line(_("De"))), ("address", _line(_("Adresse de l’expéditeur"))), ("to", _line(_("À"))),
        ("subject", _line(_("Objet"))), ("date", _line(_("Date"))), ("body", _body()),
        ("link_text", _line(_("Lien : texte"))), ("link_address", _line(_("Lien : adresse"))),
        ("attachments", blocks.ListBlock(_line(_("Nom du fichier")), label=_("Pièces jointes"), default=[])),
    ]),
    "sms": (_("SMS"), "comment", [("from", _line(_("De"))), ("date", _line(_("Date"))), ("body", _body())]),
    "letter": (_("Lettre"), "doc-full", [
        ("from", _line(_("De"))), ("to", _line(_("À"))), ("date", _line(_("Date"))),
        ("subject", _line(_("Objet"))), ("body", _body()),
    ]),
    "screen": (_("Écran"), "desktop", [
        ("app", _line(_("Application"))), ("title", _line(_("Titre"))), ("rows", _pairs(_("Lignes"))),
        ("notice", _line(_("Message affiché"))),
        ("buttons", blocks.ListBlock(_line(_("Bouton")), label=_("Boutons"), default=[])),
    ]),
    "log": (_("Journal"), "list-ul", [
        ("title", _line(_("Titre"))),
        ("columns", _line(_("Colonnes"), _("Séparées par une barre : Heure | Personne | Action"))),
        ("rows", TextBlock(label=_("Lignes"), required=False, default="", rows=6,
                           help_text=_("Une par ligne, les cellules séparées par une barre."))),
    ]),
    "form": (_("Formulaire"), "form", [("title", _line(_("Titre"))), ("fields", _pairs(_("Champs")))]),
    "dialogue": (_("Dialogue"), "group", [
        ("turns", blocks.ListBlock(
            blocks.StructBlock([("who", _line(_("Qui"))), ("text", _line(_("Ce qui est dit")))]),
            label=_("Répliques"), default=[],
        )),
    ]),
}  # fmt: skip


def artefact_block() -> blocks.StreamBlock:
    """Return a block that holds one artefact at most."""
    children = [
        (kind, blocks.StructBlock([*fields, ALT], label=label, icon=icon))
        for kind, (label, icon, fields) in KINDS.items()
    ]
    return blocks.StreamBlock(children, max_num=1, required=False)


def to_stream(artefact: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """Return the raw value of the block for an artefact, or None when the form could not hold all of it."""
    kind, value = artefact.get("kind"), dict(artefact)
    if kind not in KINDS:
        return None
    value.pop("kind")
    link = value.pop("link", None)
    if link:
        value |= {"link_text": link.get("text", ""), "link_address": link.get("address", "")}
    if isinstance(value.get("body"), list):
        value["body"] = "\n\n".join(value["body"])
    if kind == "log":
        value |= {"columns": CELLS.join(value.get("columns", ())), "rows": _log_text(value.get("rows", ()))}
    stream = [{"type": kind, "value": value}]
    return stream if to_artefact(stream, artefact) == artefact else None


def _log_text(rows: Any) -> str:
    return "\n".join(CELLS.join(row) for row in rows)


def to_artefact(stream: list[dict[str, Any]], base: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the artefact that the block holds; `base` says how its author had laid out the body."""
    if not stream:
        return None
    kind, value = stream[0]["type"], stream[0]["value"]
    found = {name: said for name, entry in value.items() if (said := _said(entry))}
    if kind == "log":
        found["columns"] = _cells(found.get("columns", ""))
        found["rows"] = [_cells(line) for line in found.get("rows", "").splitlines() if line.strip()]
    link = {"text": found.pop("link_text", ""), "address": found.pop("link_address", "")}
    if any(link.values()):
        found["link"] = link
    body = base.get("body")
    if isinstance(body, list) and found.get("body") == "\n\n".join(body):
        found["body"] = list(body)
    return {"kind": kind, **found}


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")] if line else []


def _said(value: Any) -> Any:
    """A text without the line ends of browsers; lists and rows without what is empty."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, Mapping):
        return {name: _said(entry) for name, entry in value.items()} if any(map(_said, value.values())) else None
    if isinstance(value, list):
        return [said for entry in value if (said := _said(entry))]
    return value
