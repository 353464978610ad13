"""Our namespace: what QTI has no place for, carried in the manifest so that the items themselves stay plain QTI 3.

One `field` per field of docs/items.md, as JSON: whatever the interaction, nothing here has to know it. A fingerprint of
the QTI item goes with it: if somebody changed the item elsewhere, its text wins, and the import says so.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from question_bank.exchange.markup import Element
from question_bank.exchange.notes import Refused
from question_bank.exchange.notes import gettext_noop as _

NAMESPACE = "urn:socle:exchange:1"
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f\u2028\u2029]")


def carrier(data: dict[str, Any], item_root: Element) -> str:
    """Return the element that carries an item, for the metadata of its resource."""
    fields = "".join(
        f"<socle:field name={quoteattr(name)}>{escape(_json(value))}</socle:field>" for name, value in data.items()
    )
    mark = fingerprint(item_root)
    return f'<socle:item xmlns:socle="{NAMESPACE}" version="1" fingerprint="{mark}">{fields}</socle:item>'


def _json(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return UNWRITABLE.sub(lambda match: json.dumps(match[0])[1:-1], written).replace("]]>", "]]\\u003e")


def carried(resource: Element) -> tuple[dict[str, Any], str] | None:
    """Return the fields of an item and the fingerprint of what it was, or None. Raises Refused for a broken one."""
    found = next((one for one in resource.inside("item") if one.namespace == NAMESPACE), None)
    if found is None:
        return None
    try:
        fields = {field.get("name"): json.loads(field.text(), parse_constant=_refuse) for field in found.all("field")}
    except (ValueError, RecursionError) as error:
        raise Refused(_("La partie propre à Socle est abîmée."), found.line) from error
    return fields, found.get("fingerprint")


def _refuse(name: str) -> float:
    raise ValueError(name)


def fingerprint(item_root: Element) -> str:
    """Return what changes when, and only when, what is asked or what is right changes; not the layout of the file."""
    parts = [one for one in item_root.elements if one.name in ("item-body", "response-declaration", "modal-feedback")]
    return hashlib.sha256("\n".join(line for part in parts for line in _lines(part)).encode()).hexdigest()


def _lines(element: Element) -> Iterator[str]:
    yield f"<{element.name} {sorted(element.attributes.items())}"
    for child in element.children:
        if isinstance(child, Element):
            yield from _lines(child)
        elif written := " ".join(child.split()):
            yield written
    yield ">"
