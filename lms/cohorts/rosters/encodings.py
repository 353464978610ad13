"""From bytes to text: BOM, then UTF-8, then Windows-1252. Never a guess that reads French as Polish."""

import codecs
from typing import BinaryIO

from .notes import FileRefused
from .notes import gettext_noop as _

CHUNK = 256 * 1024
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
NAMES = {"cp1252": "Windows-1252", "utf-16": "UTF-16"}
NOT_TEXT = _("Le fichier n’est pas un texte lisible. Enregistrez la liste en CSV (UTF-8), en XLSX ou en ODS.")


def encoding_of(file: BinaryIO) -> str:
    """Return the encoding of a text file, read once, a piece at a time. Raises FileRefused for what is not text."""
    file.seek(0)
    start = file.read(4)
    announced = next((name for bom, name in BOMS if start.startswith(bom)), None)
    if announced == "":
        raise FileRefused(_("Le fichier est en UTF-32. Enregistrez-le en UTF-8, puis renvoyez-le."))
    ladder = (announced,) if announced else ("utf-8", "cp1252")
    for name in ladder:
        if _reads(file, name):
            return name
    raise FileRefused(NOT_TEXT)


def _reads(file: BinaryIO, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    file.seek(0)
    try:
        while piece := file.read(CHUNK):
            if "\0" in decoder.decode(piece):
                raise FileRefused(NOT_TEXT)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
