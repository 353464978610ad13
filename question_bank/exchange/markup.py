"""XML from outside: no document type (hence no entity of any kind, no outside file), and limits on everything.

The tree is ours: small, with the line of every element. Names lose their namespace; QTI 3 (`qti-item-body`,
`response-identifier`) and QTI 2 (`itemBody`, `responseIdentifier`) give the same names (`item-body`).
"""

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException, DTDForbidden
from defusedxml.ElementTree import XMLParser

from .decoding import BOMS
from .limits import MAX_ALL_ELEMENTS, MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS, MAX_TAG, MAX_TEXT
from .notes import Refused, shown
from .notes import gettext_noop as _

CHUNK = 32 * 1024
XINCLUDE = "http://www.w3.org/2001/XInclude"
MATHML = "http://www.w3.org/1998/Math/MathML"
SVG = "http://www.w3.org/2000/svg"
DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']{1,40})["']""")
ENCODINGS = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "utf-8", "ascii": "utf-8", "utf-16": "utf-16",
    "iso-8859-1": "iso8859-1", "latin1": "iso8859-1", "latin-1": "iso8859-1", "iso-8859-15": "iso8859-15",
    "windows-1252": "cp1252", "cp1252": "cp1252",
}  # fmt: skip
CAPITAL = re.compile(r"(?<=[a-z0-9])([A-Z])")


@lru_cache(maxsize=2048)
def plain_name(name: str) -> str:
    """Return `item-body` for `itemBody`, `qti-item-body`, `{namespace}itemBody`."""
    local = name.rpartition("}")[2]
    return CAPITAL.sub(r"-\1", local).lower().removeprefix("qti-")


class Element:
    """An element: `name`, `attributes`, `children` (texts and elements in order), `line`, `namespace`."""

    __slots__ = ("attributes", "children", "line", "name", "namespace")

    def __init__(self, name: str, attributes: dict[str, str], line: int, namespace: str = "") -> None:
        self.name, self.attributes, self.line, self.namespace = name, attributes, line, namespace
        self.children: list[str | Element] = []

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute."""
        return self.attributes.get(name, default)

    @property
    def elements(self) -> list["Element"]:
        """The children that are elements."""
        return [child for child in self.children if isinstance(child, Element)]

    def all(self, *names: str) -> list["Element"]:
        """Return the children with one of these names."""
        return [child for child in self.elements if child.name in names]

    def first(self, *path: str) -> "Element | None":
        """Return the first child called so, then its first child called so…"""
        here: Element | None = self
        for name in path:
            here = next(iter(here.all(name)), None) if here else None
        return here

    def walk(self) -> Iterator["Element"]:
        """Yield this element and all those inside, in the order of the document."""
        stack = [self]
        while stack:
            here = stack.pop()
            yield here
            stack.extend(reversed(here.elements))

    def inside(self, *names: str) -> list["Element"]:
        """Return all the elements inside with one of these names."""
        return [element for element in self.walk() if element.name in names and element is not self]

    def text(self) -> str:
        """Return all the text inside."""
        return "".join(_texts(self))


def _texts(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _texts(child)  # no deeper than MAX_DEPTH


class Builder:
    """Makes elements of what the parser meets; hands over those at `depth` as soon as they end."""

    def __init__(self, depth: int) -> None:
        self.depth, self.stack, self.ready = depth, list[Element](), list[Element]()
        self.all, self.here, self.written = 0, 0, 0
        self.parser: XMLParser | None = None
        self.root: Element | None = None

    @property
    def line(self) -> int:
        """The line being read."""
        return self.parser.parser.CurrentLineNumber if self.parser else 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        self.all, self.here = self.all + 1, self.here + 1
        self._limit(tag, attributes)
        names = {plain_name(name): value for name, value in attributes.items()}
        element = Element(plain_name(tag), names, self.line, tag[1:].partition("}")[0] if tag[0] == "{" else "")
        if self.root is None:
            self.root = element
        elif len(self.stack) > self.depth:
            self.stack[-1].children.append(element)
        self.stack.append(element)
        self.written = 0

    def _limit(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.startswith(f"{{{XINCLUDE}}}"):
            raise Refused(_("Le fichier en appelle un autre (XInclude) : il n’est pas ouvert."), self.line)
        if len(self.stack) >= MAX_DEPTH:
            raise Refused(_("Les balises sont imbriquées sur plus de %(most)s niveaux."), self.line, most=MAX_DEPTH)
        if self.here > MAX_ELEMENTS or self.all > MAX_ALL_ELEMENTS:
            raise Refused(_("Le fichier contient trop de balises."), self.line)
        if len(attributes) > MAX_ATTRIBUTES:
            raise Refused(_("La balise « %(tag)s » porte trop d’attributs."), self.line, tag=tag)

    def data(self, text: str) -> None:
        """Take a piece of text."""
        self.written += len(text)
        if self.written > MAX_TEXT:
            raise Refused(_("Un texte dépasse %(most)s caractères."), self.line, most=MAX_TEXT)
        if len(self.stack) > self.depth:
            self.stack[-1].children.append(text)

    def end(self, tag: str) -> None:
        """End an element."""
        element = self.stack.pop()
        self.written = 0
        if len(self.stack) == self.depth:
            self.ready.append(element)
            self.here = 0

    def close(self) -> None:
        """Nothing more comes."""


def root(data: bytes) -> Element:
    """Return the whole document. Raises Refused."""
    found = list(elements(data, depth=0))
    if len(found) != 1:
        raise Refused(_("Le fichier XML est vide."), 1)
    return found[0]


def elements(data: bytes, *, depth: int = 1, root_name: str = "") -> Iterator[Element]:
    """Yield the elements at `depth` as they end; the root is `root_name`, if one is named. Raises Refused."""
    builder = Builder(depth)
    parser = XMLParser(target=builder, encoding="utf-8", forbid_dtd=True)
    builder.parser = parser
    fed = 0
    for chunk in _chunks(data):
        _feed(parser, builder, chunk)
        fed += len(chunk)
        if fed - parser.parser.CurrentByteIndex > MAX_TAG:  # expat begins an unfinished tag again at each chunk
            raise Refused(_("Une balise ne finit pas."), builder.line)
        if root_name and builder.root is not None and builder.root.name != root_name:
            raise Refused(
                _("La première balise est « %(name)s » et non « %(wanted)s »."),
                builder.root.line,
                name=builder.root.name,
                wanted=root_name,
            )
        while builder.ready:
            yield builder.ready.pop(0)
    _feed(parser, builder, None)
    yield from builder.ready


def _feed(parser: XMLParser, builder: Builder, chunk: bytes | None) -> None:
    try:
        if chunk is None:
            parser.close()
        else:
            parser.feed(chunk)
    except DTDForbidden as error:
        raise Refused(
            _("Le fichier déclare un type de document (DOCTYPE), qui peut cacher des entités : retirez cette ligne."),
            builder.line,
        ) from error
    except DefusedXmlException as error:
        raise Refused(_("Le fichier déclare des entités ; elles ne sont pas lues."), builder.line) from error
    except ParseError as error:
        line, reason = getattr(error, "position", (builder.line, 0))[0], str(error).partition(":")[0]
        raise Refused(_("Ce n’est pas du XML bien formé (%(reason)s)."), line, reason=shown(reason)) from error
    except ValueError as error:  # an encoding or a number that expat's glue refuses
        raise Refused(_("Ce n’est pas du XML bien formé (%(reason)s)."), builder.line, reason=shown(error)) from error


def _chunks(data: bytes) -> Iterator[bytes]:
    """Yield the document in UTF-8, whatever it was in, without ever holding it twice."""
    encoding = _encoding(data)
    if encoding == "utf-8":
        start = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
        yield from (data[at : at + CHUNK] for at in range(start, len(data), CHUNK))
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for at in range(0, len(data), CHUNK):
            yield decoder.decode(data[at : at + CHUNK]).encode("utf-8")
        yield decoder.decode(b"", final=True).encode("utf-8")
    except UnicodeError as error:
        raise Refused(_("Le fichier s’annonce en %(encoding)s et ne l’est pas."), encoding=encoding) from error


def _encoding(data: bytes) -> str:
    declared = DECLARED.match(data[3:400] if data.startswith(codecs.BOM_UTF8) else data[:400])
    name = declared[1].decode("ascii", "replace") if declared else ""
    if name and not _canonical(name):
        raise Refused(_("L’encodage annoncé (« %(name)s ») n’est pas repris ; enregistrez en UTF-8."), 1, name=name)
    marked = next((encoding for bom, encoding in BOMS if data.startswith(bom)), None)
    if marked == "":
        raise Refused(_("Le fichier est en UTF-32 ; enregistrez-le en UTF-8."))
    if marked == "utf-16":
        return marked
    return _eight_bits(data, _canonical(name))


def _eight_bits(data: bytes, declared: str) -> str:
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise Refused(_("Le fichier contient un octet nul : ce n’est pas un texte."), line)
    if declared.startswith(("iso", "cp")):
        return declared
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), CHUNK):
            decoder.decode(data[at : at + CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _canonical(name: str) -> str:
    """Return the codec of a declared name. Ours only: looking up any other would load code by its name."""
    return ENCODINGS.get(name.lower().replace("_", "-"), "")
