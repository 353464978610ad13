"""QTI from the outside: one item, or a package with its manifest. Nothing is opened but what the package holds."""

import posixpath
from urllib.parse import unquote, urlsplit

from question_bank.exchange.archives import Archive
from question_bank.exchange.limits import MAX_ITEMS
from question_bank.exchange.markup import Element, root
from question_bank.exchange.notes import Found, Gathering, Note, Reading, Refused
from question_bank.exchange.notes import gettext_noop as _

from .carrier import carried, fingerprint
from .reading import read_item

MANIFEST = "imsmanifest.xml"
SAID_WITH = ("webcontent", "associatedcontent", "resourceprocessing", "controlfile", "css", "resource")
OURS_KEPT = ("key", "competency", "capacity", "cluster", "audiences", "professions", "difficulty", "enemies", "source",
             "valid_from", "valid_to", "review_by")  # fmt: skip


def read_qti(data: bytes) -> Reading:
    """Return the item of one QTI file. Raises Refused."""
    found = Gathering()
    try:
        found.items.append(read_item(root(data)))
    except Refused as error:
        found.leave_out(error.note)
    return found.reading("qti")


def read_package(archive: Archive) -> Reading:
    """Return the items of a package. Raises Refused when it is none."""
    found = Gathering()
    manifest = next((name for name in archive.names if posixpath.basename(name) == MANIFEST), "")
    if manifest:
        _by_manifest(archive, manifest, found)
    else:
        _by_names(archive, found)
    if not found.items and not found.left_out:
        raise Refused(_("L’archive ne contient aucune question."))
    return found.reading("qti")


def _by_manifest(archive: Archive, manifest: str, found: Gathering) -> None:
    try:
        resources = root(archive.read(manifest)).first("resources")
    except Refused as error:
        raise error.at(manifest) from error
    for resource in resources.all("resource") if resources else ():
        kind = resource.get("type").lower()
        try:
            if "item" in kind or carried(resource):
                _full(found)
                found.items.append(_item(archive, posixpath.dirname(manifest), resource))
            elif not kind.startswith(SAID_WITH):
                raise Refused(_("Cette partie du paquet n’est pas une question : %(kind)s."), resource.line, kind=kind)
        except Refused as error:
            found.leave_out(error.at(resource.get("href") or manifest).note)


def _full(found: Gathering) -> None:
    found.met += 1
    if found.met > MAX_ITEMS:
        raise Refused(_("Le fichier contient plus de %(most)s situations ; envoyez-le en plusieurs."), most=MAX_ITEMS)


def _item(archive: Archive, folder: str, resource: Element) -> Found:
    href = resource.get("href")
    if urlsplit(href).scheme or href.startswith("/"):
        raise Refused(_("Le paquet renvoie à une adresse extérieure : elle n’est pas ouverte."), resource.line)
    place = posixpath.normpath(posixpath.join(folder, unquote(href)))
    item_root = root(archive.read(place))
    ours = carried(resource)
    if ours is None:
        found = read_item(item_root)
        return Found(found.data, found.line, place, found.notes)
    fields, known = ours
    if known == fingerprint(item_root):
        return Found(fields, 1, place)
    return _changed(fields, read_item(item_root), place)


def _changed(fields: dict[str, object], found: Found, place: str) -> Found:
    """The item was changed by another tool: its text wins, where it belongs stays."""
    note = Note(_("Modifiée hors de Socle : le texte du fichier est repris, les autres langues et le document montré "
                  "ne le sont pas."), {}, found.line, place)  # fmt: skip
    kept = {name: fields[name] for name in OURS_KEPT if name in fields}
    return Found({**found.data, **kept}, found.line, place, (*found.notes, note))


def _by_names(archive: Archive, found: Gathering) -> None:
    for name in archive.names:
        if name.lower().endswith(".xml"):
            _full(found)
            try:
                one = read_item(root(archive.read(name)))
                found.items.append(Found(one.data, one.line, name, one.notes))
            except Refused as error:
                found.leave_out(error.at(name).note)
