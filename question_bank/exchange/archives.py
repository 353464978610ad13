"""ZIP archives from outside: looked at before anything is unfolded, and unfolded in memory, file by file, with a limit.

Nothing is ever written on disk, so a path that climbs (`../`) has nowhere to go; it is refused all the same, because
nobody makes one in good faith.
"""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from .limits import ENOUGH_TO_COMPARE, MAX_DIRECTORY, MAX_ENTRIES, MAX_ENTRY, MAX_FOLDED_AWAY, MAX_RATIO, MAX_UNFOLDED
from .notes import Refused
from .notes import gettext_noop as _

END, END_64 = b"PK\x05\x06", b"PK\x06\x07"
END_SIZE, MOST_COMMENT = 22, 1 << 16
ENCRYPTED = 0x1
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
NESTED = (".zip", ".7z", ".gz", ".bz2", ".xz", ".rar", ".tar", ".tgz", ".jar")
DRIVE = re.compile(r"^[A-Za-z]:")
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    struct.error,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def is_archive(data: bytes) -> bool:
    """Say whether the bytes begin as an archive does."""
    return data.startswith((b"PK\x03\x04", END))


class Archive:
    """The files of an archive, by name. Raises Refused for what is not sound."""

    def __init__(self, data: bytes) -> None:
        self.unfolded = 0
        _check_directory(data)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            entries = self._zip.infolist()
        except BROKEN as error:
            raise Refused(_("L’archive est abîmée ou incomplète.")) from error
        if len(entries) > MAX_ENTRIES:
            raise Refused(
                _("L’archive contient %(count)s fichiers ; %(most)s au plus."), count=len(entries), most=MAX_ENTRIES
            )
        for entry in entries:
            _check_entry(entry)
        _check_together(entries)
        self._entries = {entry.filename: entry for entry in entries if not entry.is_dir()}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files, in the order of the archive."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """Return the content of one file. Raises Refused when it is larger than it may be, or broken."""
        entry = self._entries.get(name)
        if entry is None:
            raise Refused(_("Le fichier « %(name)s » manque dans l’archive."), name=name)
        try:
            with self._zip.open(entry) as file:
                found = file.read(MAX_ENTRY + 1)
        except BROKEN as error:
            raise Refused(_("Ce fichier de l’archive est abîmé."), place=name) from error
        self.unfolded += len(found)
        if len(found) > MAX_ENTRY or self.unfolded > MAX_UNFOLDED:
            raise Refused(_("L’archive se déplie en un fichier trop volumineux."), place=name)
        return found


def _check_directory(data: bytes) -> None:
    """Look at the end of the archive by hand: Python's reader would build a million entries before we could count."""
    at = data.rfind(END, max(0, len(data) - END_SIZE - MOST_COMMENT))
    if at < 0 or len(data) < at + END_SIZE:
        raise Refused(_("L’archive est abîmée ou incomplète."))
    disk, start, here, count, size, offset = struct.unpack("<4H2L", data[at + 4 : at + 20])
    if END_64 in data[max(0, at - 20) : at] or count == 0xFFFF or 0xFFFFFFFF in (size, offset):
        raise Refused(_("L’archive est trop grande (ZIP64)."))
    if disk or start or here != count:
        raise Refused(_("L’archive est en plusieurs morceaux."))
    if count > MAX_ENTRIES or size > MAX_DIRECTORY:
        raise Refused(_("L’archive contient %(count)s fichiers ; %(most)s au plus."), count=count, most=MAX_ENTRIES)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    for is_wrong, sentence in _faults(entry):
        if is_wrong:
            raise Refused(sentence, name=entry.orig_filename)


def _faults(entry: zipfile.ZipInfo) -> Iterator[tuple[bool, str]]:
    mode = entry.external_attr >> 16
    folded, unfolded = max(1, entry.compress_size), entry.file_size
    yield bool(entry.flag_bits & ENCRYPTED), _("« %(name)s » est chiffré : envoyez l’archive sans mot de passe.")
    yield stat.S_ISLNK(mode), _("« %(name)s » est un lien vers un autre fichier.")
    yield (
        bool(mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR)),
        _("« %(name)s » n’est pas un fichier ordinaire."),
    )
    yield _is_outside(entry.orig_filename), _("« %(name)s » sort de l’archive.")
    yield entry.filename.lower().endswith(NESTED), _("« %(name)s » est une archive dans l’archive.")
    yield entry.compress_type not in METHODS, _("« %(name)s » est comprimé d’une façon qui n’est pas reprise.")
    yield (
        unfolded > ENOUGH_TO_COMPARE and unfolded > MAX_RATIO * folded,
        _("« %(name)s » se déplie en un fichier trop volumineux."),
    )


def _is_outside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or "\0" in name or "\\" in name or bool(DRIVE.match(name))


def _check_together(entries: list[zipfile.ZipInfo]) -> None:
    """No name twice (whatever the case), no bytes shared by two files."""
    names: set[str] = set()
    end = -1
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.filename.casefold() in names:
            raise Refused(_("« %(name)s » est deux fois dans l’archive."), name=entry.filename)
        names.add(entry.filename.casefold())
        if entry.header_offset < end:
            raise Refused(_("Les fichiers de l’archive se recouvrent (« %(name)s »)."), name=entry.filename)
        end = entry.header_offset + 30 + len(entry.orig_filename.encode()) + entry.compress_size
    read = sum(entry.file_size for entry in entries if entry.filename.lower().endswith((".xml", ".rels")))
    if read > MAX_UNFOLDED or sum(entry.file_size for entry in entries) > MAX_FOLDED_AWAY:
        raise Refused(_("L’archive se déplie en un fichier trop volumineux."))
