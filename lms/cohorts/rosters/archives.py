"""Workbooks are ZIP archives from outside: looked at, then unfolded piece by piece, before another reader opens them.

What the directory announces is not believed: a stream is unfolded to its own end, which must be where it was announced.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from .limits import MAX_ENTRIES, MAX_UNFOLDED
from .notes import FileRefused
from .notes import gettext_noop as _

ENCRYPTED = 0x1
CHUNK = 64 * 1024
LOCAL = struct.Struct("<4s5H3L2H")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, ValueError, NotImplementedError)
DAMAGED = _("Le classeur est abîmé ou incomplet. Ouvrez-le, enregistrez-le à nouveau, puis renvoyez-le.")


def open_archive(file: BinaryIO) -> zipfile.ZipFile:
    """Return the archive, once its directory holds nothing unsound. Raises FileRefused."""
    try:
        archive = zipfile.ZipFile(file)
    except BROKEN as error:
        raise FileRefused(DAMAGED) from error
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNFOLDED:
        raise FileRefused(_("Le classeur se déplie en un fichier trop volumineux : il n’a pas été ouvert."))
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise FileRefused(DAMAGED)
    for entry in entries:
        _check(entry)
    return archive


def _check(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & ENCRYPTED:
        raise FileRefused(_("Le classeur est protégé par un mot de passe : retirez-le, puis renvoyez le fichier."))
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FileRefused(DAMAGED)


def unfolded(archive: zipfile.ZipFile, file: BinaryIO, name: str) -> Iterator[bytes]:
    """Yield the content of one entry. Raises FileRefused when it is not as long as announced, or broken."""
    entry = archive.getinfo(name)
    done = 0
    try:
        for piece in _pieces(entry, file):
            done += len(piece)
            if done > entry.file_size:
                raise FileRefused(DAMAGED)
            yield piece
    except BROKEN as error:
        raise FileRefused(DAMAGED) from error
    if done != entry.file_size:
        raise FileRefused(DAMAGED)


def _pieces(entry: zipfile.ZipInfo, file: BinaryIO) -> Iterator[bytes]:
    file.seek(entry.header_offset)
    header = LOCAL.unpack(file.read(LOCAL.size))
    file.seek(header[9] + header[10], 1)
    unfold = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    left, at = entry.compress_size, file.tell()
    while left > 0:
        file.seek(at)
        folded = file.read(min(CHUNK, left))
        if not folded:
            raise EOFError
        left, at = left - len(folded), at + len(folded)
        yield from _unfold(unfold, folded) if unfold else (folded,)
    if unfold and not unfold.eof:
        raise EOFError


def _unfold(unfold: "zlib._Decompress", folded: bytes) -> Iterator[bytes]:
    """Yield pieces of a bounded length, whatever the folding."""
    while folded and not unfold.eof:
        yield unfold.decompress(folded, CHUNK)
        folded = unfold.unconsumed_tail
