"""To QTI 3.0: one plain item for each of ours in French, and a manifest that also carries what QTI has no place for."""

import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

from question_bank.exchange.drawing import paragraphs, question, safe, tag, told
from question_bank.exchange.markup import root
from question_bank.exchange.notes import Note, Written
from question_bank.exchange.notes import gettext_noop as _

from .carrier import carrier

ASI = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
ASI_SCHEMA = "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0p1_v1p0.xsd"
CP = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
CP_SCHEMA = "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
THE_PAST = (1980, 1, 1, 0, 0, 0)  # the same items give the same bytes
HOLE = re.compile(r"\{([A-Za-z0-9_-]+)\}")
RESPONSE = "RESPONSE"
ONLY_OURS = _("%(key)s : QTI n’a pas l’équivalent de « %(interaction)s » ; la situation n’est entière que pour Socle.")
Parts = tuple[str, str]  # the declarations, the interaction


def write_qti(items: Iterable[Mapping[str, Any]]) -> Written:
    """Return a QTI 3.0 package. Reading it here gives the items back equal; others read the French wording."""
    out, lost, resources = BytesIO(), list[Note](), list[str]()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, data in enumerate(items, start=1):
            name, written = f"items/{at:04d}.xml", item_xml(data)
            _put(archive, name, written)
            resources.append(_resource(f"item-{at:04d}", name, data, written))
            if data.get("interaction") not in WRITERS:
                lost.append(Note(ONLY_OURS, {"key": data.get("key"), "interaction": data.get("interaction")}))
        _put(archive, "imsmanifest.xml", _manifest(resources))
    return Written(out.getvalue(), len(resources), tuple(lost))


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    archive.writestr(zipfile.ZipInfo(name, THE_PAST), text.encode("utf-8"), zipfile.ZIP_DEFLATED)


def _resource(identifier: str, href: str, data: Mapping[str, Any], written: str) -> str:
    carried = carrier(dict(data), root(written.encode("utf-8")))
    return (
        f'<resource identifier="{identifier}" type="imsqti_item_xmlv3p0" href="{href}">'
        f'<metadata>{carried}</metadata><file href="{href}"/></resource>\n'
    )


def _manifest(resources: list[str]) -> str:
    return (
        f'{HEAD}<manifest xmlns="{CP}" xmlns:xsi="{XSI}" xsi:schemaLocation="{CP} {CP_SCHEMA}" identifier="socle">'
        "<metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata><organizations/>"
        f"<resources>\n{''.join(resources)}</resources></manifest>\n"
    )


def item_xml(data: Mapping[str, Any]) -> str:
    """Return one item as QTI 3.0, in French."""
    wording, answer = data.get("fr") or {}, data.get("answer") or {}
    title = quoteattr(safe_line(wording.get("title", "")))
    declared, asked = WRITERS.get(str(data.get("interaction")), _nothing)(answer, wording)
    feedback = wording.get("feedback", "")
    return (
        f'{HEAD}<qti-assessment-item xmlns="{ASI}" xmlns:xsi="{XSI}" xsi:schemaLocation="{ASI} {ASI_SCHEMA}" '
        f"identifier={quoteattr(_identifier(str(data.get('key', 'item'))))} "
        f'title={title} xml:lang="fr" adaptive="false" time-dependent="false">\n'
        f"{declared}{_outcome('SCORE', 'float')}"
        f"{_outcome('FEEDBACK', 'identifier') if feedback else ''}"
        f"<qti-item-body>{told(wording)}{asked}</qti-item-body>\n"
        f"{_processing(declared, bool(feedback))}"
        f"{_modal(feedback) if feedback else ''}"
        "</qti-assessment-item>\n"
    )


def safe_line(text: Any) -> str:
    """Return a text for an attribute: on one line, nothing that XML cannot hold."""
    return " ".join("".join(c for c in str(text) if c.isprintable() or c in "\u00a0\u202f").split(" "))


def _identifier(name: str) -> str:
    return name if re.match(r"[A-Za-z_]", name) else f"_{name}"


def _outcome(name: str, base: str) -> str:
    zero = tag("qti-default-value", tag("qti-value", "0")) if base == "float" else ""
    return tag("qti-outcome-declaration", zero, identifier=name, cardinality="single", base_type=base)


def _processing(declared: str, has_feedback: bool) -> str:
    """One point when every response is right; then the feedback, whatever the answer."""
    names = re.findall(r'<qti-response-declaration identifier="(\w+)"', declared)
    matches = "".join(
        f'<qti-match><qti-variable identifier="{name}"/><qti-correct identifier="{name}"/></qti-match>'
        for name in names
    )
    right = tag("qti-and", matches) if len(names) > 1 else matches
    score = (
        f'<qti-response-condition><qti-response-if>{right}<qti-set-outcome-value identifier="SCORE">'
        '<qti-base-value base-type="float">1</qti-base-value></qti-set-outcome-value></qti-response-if>'
        "</qti-response-condition>"
    )
    after = (
        '<qti-set-outcome-value identifier="FEEDBACK"><qti-base-value base-type="identifier">after</qti-base-value>'
        "</qti-set-outcome-value>"
    )
    content = (score if names else "") + (after if has_feedback else "")
    return tag("qti-response-processing", content) + "\n" if content else ""


def _modal(feedback: str) -> str:
    body = tag("qti-content-body", paragraphs(feedback))
    return tag("qti-modal-feedback", body, outcome_identifier="FEEDBACK", identifier="after", show_hide="show") + "\n"


def _declare(name: str, cardinality: str, base: str, values: Iterable[Any], mapping: Iterable[str] = ()) -> str:
    correct = tag("qti-correct-response", "".join(tag("qti-value", safe(value)) for value in values))
    entries = "".join(tag("qti-map-entry", map_key=key, mapped_value="1") for key in mapping)
    mapped = tag("qti-mapping", entries, default_value="0") if entries else ""
    return tag(
        "qti-response-declaration", correct + mapped, identifier=name, cardinality=cardinality, base_type=base
    ) + "\n"  # fmt: skip


def _prompt(wording: Mapping[str, Any]) -> str:
    return tag("qti-prompt", safe(wording.get("question", "")))


def _choices(name: str, choices: Iterable[Mapping[str, str]], **attributes: str) -> str:
    return "".join(
        tag(name, safe(choice["text"]), identifier=_identifier(choice["id"]), **attributes) for choice in choices
    )


def _choice(answer: Mapping[str, Any], wording: Mapping[str, Any]) -> Parts:
    right = answer["correct"]
    keys, several = ([right], False) if isinstance(right, str) else (right, True)
    declared = _declare(RESPONSE, "multiple" if several else "single", "identifier", map(_identifier, keys))
    return declared, tag(
        "qti-choice-interaction", _prompt(wording) + _choices("qti-simple-choice", wording["choices"]),
        response_identifier=RESPONSE, shuffle="true", max_choices="0" if several else "1",
    )  # fmt: skip


def _order(answer: Mapping[str, Any], wording: Mapping[str, Any]) -> Parts:
    return _declare(RESPONSE, "ordered", "identifier", map(_identifier, answer["order"])), tag(
        "qti-order-interaction", _prompt(wording) + _choices("qti-simple-choice", wording["choices"]),
        response_identifier=RESPONSE, shuffle="true",
    )  # fmt: skip


def _match(answer: Mapping[str, Any], wording: Mapping[str, Any]) -> Parts:
    pairs = (f"{_identifier(prompt)} {_identifier(choice)}" for prompt, choice in answer["pairs"].items())
    most = "0" if len(set(answer["pairs"].values())) < len(answer["pairs"]) else "1"
    name = "qti-simple-associable-choice"
    sets = tag("qti-simple-match-set", _choices(name, wording["prompts"], match_max="1")) + tag(
        "qti-simple-match-set", _choices(name, wording["choices"], match_max=most)
    )
    return _declare(RESPONSE, "multiple", "directedPair", pairs), tag(
        "qti-match-interaction", _prompt(wording) + sets, response_identifier=RESPONSE, shuffle="true",
        max_associations=str(len(wording["prompts"])),
    )  # fmt: skip


def _holes(wording: Mapping[str, Any], menus: Mapping[str, str]) -> str:
    """The question, then the text with its holes filled in."""
    parts = HOLE.split(paragraphs(wording["text"]))
    return question(wording) + "".join(menus[part] if at % 2 else part for at, part in enumerate(parts))


def _inline(answer: Mapping[str, Any], wording: Mapping[str, Any]) -> Parts:
    declared, menus = "", {}
    for at, blank in enumerate(wording["blanks"], start=1):
        name = f"{RESPONSE}{at}"
        declared += _declare(name, "single", "identifier", [_identifier(answer["blanks"][blank["id"]])])
        menus[blank["id"]] = tag(
            "qti-inline-choice-interaction", _choices("qti-inline-choice", blank["choices"]), response_identifier=name
        )
    return declared, _holes(wording, menus)


def _fill_in(answer: Mapping[str, Any], wording: Mapping[str, Any]) -> Parts:
    declared, fields = "", {}
    for at, blank in enumerate(wording["blanks"], start=1):
        name, accept = f"{RESPONSE}{at}", answer["blanks"][blank["id"]]["accept"]
        declared += _declare(name, "single", "string", accept[:1], accept)
        fields[blank["id"]] = tag("qti-text-entry-interaction", response_identifier=name)
    return declared, _holes(wording, fields)


def _text(answer: Mapping[str, Any], wording: Mapping[str, Any]) -> Parts:
    accept = answer["accept"]
    entry = tag("p", tag("qti-text-entry-interaction", response_identifier=RESPONSE))
    return _declare(RESPONSE, "single", "string", accept[:1], accept), question(wording) + entry


def _number(answer: Mapping[str, Any], wording: Mapping[str, Any]) -> Parts:
    declared = _declare(RESPONSE, "single", "float", [answer["value"]])
    entry = tag("qti-text-entry-interaction", response_identifier=RESPONSE)
    if wording.get("units"):
        declared += _declare("UNIT", "single", "identifier", [_identifier(answer["unit"])])
        menu = _choices("qti-inline-choice", wording["units"])
        entry += " " + tag("qti-inline-choice-interaction", menu, response_identifier="UNIT")
    return declared, question(wording) + tag("p", entry)


def _nothing(answer: Mapping[str, Any], wording: Mapping[str, Any]) -> Parts:
    return "", question(wording)


WRITERS: dict[str, Callable[[Mapping[str, Any], Mapping[str, Any]], Parts]] = {
    "single_choice": _choice,
    "multiple_choice": _choice,
    "order": _order,
    "match": _match,
    "categorize": _match,
    "inline_choice": _inline,
    "fill_in": _fill_in,
    "text": _text,
    "number": _number,
}
