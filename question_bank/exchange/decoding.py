"""From bytes to text: BOM, then UTF-8, then Windows-1252. Never a guess that reads French as Polish."""

import codecs
from dataclasses import dataclass

from .notes import Note, Refused
from .notes import gettext_noop as _

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
UNDEFINED_1252 = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))


@dataclass(frozen=True, slots=True)
class Text:
    """A decoded file and how it was read."""

    text: str
    encoding: str

    @property
    def notes(self) -> tuple[Note, ...]:
        """Say it when the encoding was not the expected one."""
        if self.encoding in ("utf-8", "utf-8-sig"):
            return ()
        return (
            Note(
                _("Le fichier est lu en %(encoding)s : vérifiez les accents ci-dessous."), {"encoding": self.encoding}
            ),
        )


def decode(data: bytes) -> Text:
    """Return the text of a file. Raises Refused for what is not text: NUL, UTF-32, half a character."""
    encoding = next((name for bom, name in BOMS if data.startswith(bom)), None)
    if encoding == "":
        raise Refused(_("Le fichier est en UTF-32 ; enregistrez-le en UTF-8."))
    found = _decoded(data, encoding) if encoding else _without_bom(data)
    if "\0" in found.text:
        raise Refused(_("Le fichier contient un octet nul : ce n’est pas un texte."), _line(found.text, "\0"))
    return found


def _without_bom(data: bytes) -> Text:
    try:
        return Text(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if any(byte in data for byte in UNDEFINED_1252):
            line = data.count(b"\n", 0, error.start) + 1
            raise Refused(_("Le fichier n’est ni en UTF-8 ni en Windows-1252."), line) from error
    return Text(data.decode("cp1252"), "Windows-1252")


def _decoded(data: bytes, encoding: str) -> Text:
    try:
        return Text(data.decode(encoding), encoding if encoding == "utf-8-sig" else "UTF-16")
    except UnicodeDecodeError as error:
        raise Refused(_("Le fichier s’annonce en %(encoding)s et ne l’est pas."), encoding=encoding) from error


def _line(text: str, sign: str) -> int:
    return text.count("\n", 0, text.index(sign)) + 1
