"""The pictures, documents and recordings of module files, as Wagtail keeps them: once each."""

from hashlib import sha1
from pathlib import Path, PurePath
from typing import Any

from django.core.files import File

from kernel.media import Document, Image


def store(key: str, path: Path, kind: str) -> int:
    """Return the id of the image or document that holds the file `path` of module `key`, made when there is none."""
    model, title = _model(kind), f"{key}/{path.name}"
    digest = _digest(path.read_bytes())
    found = model.objects.filter(title=title, file_hash=digest).order_by("-pk").first()
    if found is None:
        with path.open("rb") as content:
            found = model(title=title, file_hash=digest, file_size=path.stat().st_size)
            found.file.save(path.name, File(content), save=False)
            found.save()
    return int(found.pk)


def stored_name(key: str, kind: str, pk: int) -> str:
    """Return the name of the file of an image or document in the folder of module `key`."""
    found = _model(kind).objects.get(pk=pk)
    folder, _slash, name = str(found.title).rpartition("/")
    return name if folder == key else PurePath(found.file.name).name.lower().replace("_", "-")


def stored_bytes(kind: str, pk: int) -> bytes:
    """Return what an image or document holds."""
    with _model(kind).objects.get(pk=pk).file.open("rb") as content:
        return bytes(content.read())


def _model(kind: str) -> Any:
    return Image if kind == "image" else Document


def _digest(content: bytes) -> str:
    """The fingerprint Wagtail gives files (SHA-1: to find one again, not to trust it)."""
    return sha1(content, usedforsecurity=False).hexdigest()
