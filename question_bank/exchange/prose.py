"""From HTML to plain text: paragraphs, nothing else. What is not text is left out, and said.

One pass, linear whatever is written: a tag is short, and what does not end is looked for once.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .limits import MAX_PIECES
from .notes import Note, Refused
from .notes import gettext_noop as _

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
OPENED = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})([^<>]{0,2000})")
LONGEST_TAG = 2000
ATTRIBUTE = re.compile(r"""([a-zA-Z][\w:-]{0,40})\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
SPACES = re.compile(r"[ \t\r\n\f]+")
BLANKS = re.compile(r"[\x00-\x20\x7f]")
UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "table",
        "blockquote",
        "pre",
        "section",
        "article",
        "dl",
        "dt",
        "dd",
        "hr",
        "caption",
        "thead",
        "tbody",
        "figure",
        "prompt",
    ]
)
CELLS = frozenset({"td", "th"})
# Left out with what is inside: code, drawings, frames; and our own drawing of an artefact, which is not prose.
DROPPED = frozenset(
    [
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "applet",
        "svg",
        "template",
        "noscript",
        "audio",
        "video",
        "canvas",
    ]
)
ARTEFACT = "socle-artefact"
LEFT_OUT = {
    "script": _("Un script est retiré du texte."),
    "svg": _("Un dessin (SVG) n’est pas repris."),
    "audio": _("Un son ou une vidéo n’est pas repris."),
    "video": _("Un son ou une vidéo n’est pas repris."),
    "math": _("Une formule mathématique est reprise en texte : relisez-la."),
    "img": _("Une image n’est pas reprise ; seul son texte de remplacement l’est."),
}
EMBEDDED = _("Un contenu incorporé (« %(tag)s ») est retiré du texte.")
LINKED = _("Un lien vers « %(scheme)s » est retiré, son texte reste.")
SAFE = ("http://", "https://", "mailto:")


@dataclass
class Prose:
    """Paragraphs, and what was left out of them (each said once)."""

    paragraphs: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The paragraphs, an empty line apart."""
        return "\n\n".join(self.paragraphs)

    @property
    def line(self) -> str:
        """Everything on one line."""
        return " ".join(" ".join(self.paragraphs).split("\n"))

    def say(self, msgid: str, line: int, **values: str) -> None:
        """Note something, once."""
        note = Note(msgid, values, line)
        if note not in self.notes:
            self.notes.append(note)


def plain(written: str, line: int = 0) -> Prose:
    """Return a plain text as prose: an empty line separates paragraphs."""
    blocks = re.split(r"\n[ \t]*\n\s*", shown_only(written.replace("\r\n", "\n").replace("\r", "\n")))
    kept = ("\n".join(SPACES.sub(" ", row).strip() for row in block.split("\n")).strip() for block in blocks)
    return Prose([block for block in kept if block])


def shown_only(text: str) -> str:
    """Return a text without control characters and without those that turn the direction of reading."""
    return UNSHOWN.sub("", text)


def from_html(written: str, line: int = 0) -> Prose:
    """Return the text of a piece of HTML. Raises Refused when it is in too many pieces."""
    reader = _Reader(line)
    for count, piece in enumerate(_pieces(written)):
        if count > MAX_PIECES:
            raise Refused(_("Le texte contient trop de balises."), line)
        reader.take(piece)
    return reader.prose()


def _pieces(written: str) -> Iterator[str | re.Match[str]]:
    """Yield texts and tags; comments and declarations are left out. What never ends takes the rest with it."""
    at = 0
    while (start := written.find("<", at)) >= 0:
        if start > at:
            yield written[at:start]
        if match := TAG.match(written, start, start + LONGEST_TAG):
            yield match
            at = match.end()
        elif match := OPENED.match(written, start):  # a picture inside its tag
            yield match
            at = _after(written, ">", start)
        elif written.startswith(("<!", "<?"), start):
            at = _after(written, "-->" if written.startswith("<!--", start) else ">", start)
        else:
            yield "<"
            at = start + 1
    if at < len(written):
        yield written[at:]


def _after(written: str, sign: str, start: int) -> int:
    end = written.find(sign, start)
    return len(written) if end < 0 else end + len(sign)


class _Reader:
    def __init__(self, line: int) -> None:
        self.found, self.line_number = Prose(), line
        self.lines: list[list[str]] = [[]]
        self.dropped, self.inside = "", 0
        self.link = ""

    def take(self, piece: str | re.Match[str]) -> None:
        if isinstance(piece, str):
            if not self.dropped:
                self.lines[-1].append(SPACES.sub(" ", html.unescape(piece)))
            return
        closing, name = bool(piece[1]), piece[2].lower()
        if self.dropped:
            self._leave(name, closing, piece[3])
        elif closing:
            self._end(name)
        else:
            self._begin(name, piece[3])

    def _leave(self, name: str, closing: bool, rest: str) -> None:
        if name == self.dropped and not rest.endswith("/"):
            self.inside += -1 if closing else 1
            if not self.inside:
                self.dropped = ""

    def _begin(self, name: str, rest: str) -> None:
        attributes = {match[1].lower(): html.unescape(match[2].strip("\"'")) for match in ATTRIBUTE.finditer(rest)}
        if name in DROPPED or ARTEFACT in attributes.get("class", ""):
            self._drop(name, rest)
        elif name in BLOCKS:
            self._paragraph()
        elif name in ("img", "math"):
            self.found.say(LEFT_OUT[name], self.line_number)
            self.lines[-1].append(f"[{attributes['alt']}]" if attributes.get("alt") else "")
        elif name == "a":
            self._link(attributes.get("href", ""))
        else:
            self.lines[-1].append({"br": "\n", "td": " ", "th": " "}.get(name, ""))

    def _drop(self, name: str, rest: str) -> None:
        if name in DROPPED:
            self.found.say(LEFT_OUT.get(name, EMBEDDED), self.line_number, tag=name)
        if not rest.rstrip().endswith("/") and name != "embed":
            self.dropped, self.inside = name, 1

    def _end(self, name: str) -> None:
        if name in BLOCKS:
            self._paragraph()
        elif name in CELLS:
            self.lines[-1].append(" ")
        elif name == "a" and self.link:
            if self.link not in "".join(self.lines[-1]):
                self.lines[-1].append(f" ({self.link})")
            self.link = ""

    def _link(self, address: str) -> None:
        bare = BLANKS.sub("", UNSHOWN.sub("", address))
        self.link = bare if bare.lower().startswith(SAFE[:2]) else ""
        scheme, colon, _rest = bare.partition(":")
        if colon and not bare.lower().startswith(SAFE) and scheme.isascii() and scheme.isalpha():
            self.found.say(LINKED, self.line_number, scheme=scheme[:20].lower() + ":")

    def _paragraph(self) -> None:
        self.lines.append([])

    def prose(self) -> Prose:
        for pieces in self.lines:
            rows = (SPACES.sub(" ", row).strip(" ") for row in shown_only("".join(pieces)).split("\n"))
            if block := "\n".join(rows).strip(" \n"):
                self.found.paragraphs.append(block)
        return self.found
