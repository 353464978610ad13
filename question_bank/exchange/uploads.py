"""The file somebody is importing, kept privately until they confirm, give up, or a day has gone by.

Beside the uploads of pages (`MEDIA_ROOT`), on the same disk, outside what is served.
"""

import json
import os
import re
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kernel.errors import Gone
from kernel.retention import purges

WAITING, CLAIMED, ABOUT = ".bin", ".claimed", ".json"
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


class UploadGone(Gone):
    """The file was imported, given up, or kept for its day."""

    default_sentence = _(
        "Ce fichier n’est plus là : il a été importé, abandonné, ou gardé un jour. Envoyez-le à nouveau."
    )


@dataclass(frozen=True, slots=True)
class Upload:
    """A file waiting for its confirmation; `kind`: its format, empty when it is to be recognised."""

    token: str
    name: str
    kind: str
    owner: int

    @property
    def data(self) -> bytes:
        """The bytes of a file that waits. Raises UploadGone."""
        return _bytes(self, WAITING)

    @property
    def claimed_data(self) -> bytes:
        """The bytes of a file that somebody confirmed. Raises UploadGone."""
        return _bytes(self, CLAIMED)


def _bytes(upload: Upload, ending: str) -> bytes:
    try:
        return (_folder() / f"{upload.token}{ending}").read_bytes()
    except FileNotFoundError as error:
        raise UploadGone() from error


def claim(upload: Upload) -> None:
    """Take a file for an import: of two clicks, one has it. Raises UploadGone for the other."""
    _rename(upload, WAITING, CLAIMED)


def release(upload: Upload) -> None:
    """Give back a file whose import failed."""
    _rename(upload, CLAIMED, WAITING)


def _rename(upload: Upload, before: str, after: str) -> None:
    try:
        (_folder() / f"{upload.token}{before}").rename(_folder() / f"{upload.token}{after}")
    except FileNotFoundError as error:
        raise UploadGone() from error


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT).with_name("imports")


def keep(data: bytes, *, name: str, kind: str, owner: int) -> Upload:
    """Keep a file that only its owner will see."""
    _folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    upload = Upload(secrets.token_urlsafe(24), name[:120], kind, owner)
    _write(_folder() / f"{upload.token}{WAITING}", data)
    _write(_folder() / f"{upload.token}{ABOUT}", json.dumps(asdict(upload)).encode())
    return upload


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)


def find(token: str, *, owner: int) -> Upload:
    """Return the file of this person under this token. Raises UploadGone."""
    try:
        if not TOKEN.fullmatch(token):
            raise UploadGone()
        upload = Upload(**json.loads((_folder() / f"{token}{ABOUT}").read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise UploadGone() from error
    if upload.owner != owner:
        raise UploadGone()
    return upload


def drop(upload: Upload) -> None:
    """Remove a file."""
    for ending in (WAITING, CLAIMED, ABOUT):
        (_folder() / f"{upload.token}{ending}").unlink(missing_ok=True)


@purges("item_imports")
def purge_uploads(before: datetime) -> int:
    """Remove the files kept since before a date; return how many there were."""
    old = [path for path in _folder().glob("*") if path.stat().st_mtime < before.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return sum(path.suffix != ABOUT for path in old)
