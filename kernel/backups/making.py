"""Making a backup: written under a name that says it is unfinished, renamed once the manifest vouches for it."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from kernel import retention
from kernel.erasures import read_list
from kernel.erasures.listing import save, whole_table

from . import manifest, uploads
from .engines import engine
from .errors import BackupRefused
from .manifest import DATABASE, ERASED, MEDIA, Manifest

UNFINISHED = ".unfinished"


def make_backup(*, into: Path, now: datetime) -> Path:
    """Make a backup in a new folder of `into`, named by its moment, and return it. Raises BackupRefused."""
    folder = into / f"socle-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"
    unfinished = folder.with_name(folder.name + UNFINISHED)
    if folder.exists() or unfinished.exists():
        raise BackupRefused(f"{folder} is there already.")
    unfinished.mkdir(parents=True, mode=0o700)
    try:
        _fill(unfinished, now=now)
        os.sync()
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return folder


def forget_old(*, within: Path, now: datetime) -> list[Path]:
    """Remove the backups in `within` that are older than backups are kept; return their folders."""
    oldest = now - timedelta(days=retention.days("backups"))
    found = [path.parent for path in sorted(within.glob(f"*/{manifest.NAME}"))]
    old = [folder for folder in found if _made_at(folder, otherwise=now) < oldest]
    for folder in old:
        shutil.rmtree(folder)
    return old


def _made_at(folder: Path, *, otherwise: datetime) -> datetime:
    """Say when a backup was made; one that is broken is left for somebody to look at."""
    try:
        return manifest.read(folder).created_at
    except BackupRefused:
        return otherwise


def _fill(folder: Path, *, now: datetime) -> None:
    rows = engine().dump(folder / DATABASE)
    uploads.pack(Path(settings.MEDIA_ROOT), folder / MEDIA)
    path = Path(settings.ERASED_LIST)
    listed = read_list(path) if path.exists() else []
    save(folder / ERASED, {line.digest: line for line in (*listed, *whole_table())}.values())
    described = {name: manifest.describe(folder / name) for name in (DATABASE, MEDIA, ERASED)}
    manifest.write(folder, Manifest(now, connection.vendor, described, rows, _applied()))


def _applied() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
