"""The manifest: what a backup holds, so that a broken or truncated one is known before anything is touched."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from .errors import BackupRefused

NAME = "manifest.json"
FORMAT = 1
DATABASE, MEDIA, ERASED = "database", "media.tar", "erased.jsonl"
CHUNK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """`files`: size in bytes and SHA-256 of each; `rows`: of each table; `migrations`: app.name, as applied."""

    created_at: datetime
    engine: str
    files: dict[str, dict[str, Any]]
    rows: dict[str, int]
    migrations: list[str]
    format: int = FORMAT


def describe(path: Path) -> dict[str, Any]:
    """Return the size in bytes and the SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return {"bytes": path.stat().st_size, "sha256": digest.hexdigest()}


def write(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of the backup in `folder`, with its own SHA-256: the last file of a backup."""
    fields = {**asdict(manifest), "created_at": manifest.created_at.isoformat()}
    (folder / NAME).write_text(json.dumps({**fields, "sha256": _seal(fields)}, indent=1) + "\n", "utf-8")


def read(folder: Path) -> Manifest:
    """Return the manifest of the backup in `folder`. Raises BackupRefused when it is missing or not whole."""
    path = folder / NAME
    if not path.is_file():
        raise BackupRefused(f"{folder} is not a whole backup: it has no {NAME}.")
    try:
        fields = json.loads(path.read_text("utf-8"))
        seal = fields.pop("sha256")
        manifest = Manifest(**{**fields, "created_at": datetime.fromisoformat(fields["created_at"])})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupRefused(f"{path} cannot be read: the backup is not whole.") from error
    if seal != _seal(fields):
        raise BackupRefused(f"{path} was changed since it was written.")
    if manifest.format != FORMAT:
        raise BackupRefused(f"{path} is of format {manifest.format}; this version reads format {FORMAT}.")
    return manifest


def verify(folder: Path, manifest: Manifest) -> None:
    """Raise BackupRefused, naming the file, unless every file is there, whole and unchanged."""
    for name, expected in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise BackupRefused(f"{path} is missing: the backup is refused whole.")
        found = describe(path)
        if found != expected:
            how = "is not of the size" if found["bytes"] != expected["bytes"] else "is not the file"
            raise BackupRefused(f"{path} {how} that the manifest says: the backup is refused whole.")


def _seal(fields: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
