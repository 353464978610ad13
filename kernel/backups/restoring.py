"""Restoring a backup: everything is checked before anything is touched, and what was erased since is erased again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from kernel import audit, retention
from kernel.erasures import Again, Line, erase_again, read_list
from kernel.erasures.listing import whole_table
from kernel.models import Erasure

from . import manifest, uploads
from .engines import difference, engine
from .errors import BackupRefused
from .manifest import DATABASE, ERASED, MEDIA, Manifest

Say = Callable[[str], None]


@dataclass(frozen=True)
class Restored:
    """What came back: the moment of the backup, the rows of the database, and what was erased again."""

    created_at: datetime
    rows: int
    again: Again


def restore_backup(
    folder: Path, *, now: datetime, over: bool = False, lists: Iterable[Path] = (), nothing_erased: bool = False,
    say: Say = lambda step: None,
) -> Restored:  # fmt: skip
    """Put the backup in `folder` in place of the database and the uploads. Raises BackupRefused before touching them.

    `over` replaces what is there. `lists` are more lists of what was erased; `nothing_erased` says that there is none.
    """
    made = _checked(folder, now=now)
    rows = engine().rows()
    _ensure_room(rows, over=over)
    lines = _erased_since(folder, lists, has_table=Erasure._meta.db_table in rows, nothing_erased=nothing_erased)
    say("checked")
    _load(folder, made)
    say("loaded")
    call_command("migrate", verbosity=0, interactive=False, stdout=StringIO())
    say("migrated")
    again = _forget(lines, now=now)
    say("erased again")
    _record(folder, again, now=now)
    return Restored(made.created_at, sum(made.rows.values()), again)


def _checked(folder: Path, *, now: datetime) -> Manifest:
    made = manifest.read(folder)
    manifest.verify(folder, made)
    if made.engine != connection.vendor:
        raise BackupRefused(f"The backup is of {made.engine}; these settings name a database of {connection.vendor}.")
    unknown = set(made.migrations) - {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown:
        raise BackupRefused(f"The backup was made by a newer version: this one does not know {min(unknown)}.")
    if made.created_at < now - timedelta(days=retention.default_days("erasures")):
        raise BackupRefused("The backup is older than what is remembered of erasures: people would come back with it.")
    return made


def _ensure_room(rows: dict[str, int], *, over: bool) -> None:
    if over:
        return
    if rows:
        raise BackupRefused("The database is not empty. To replace what it holds, stop the site and add --over.")
    if uploads.has_files(Path(settings.MEDIA_ROOT)):
        raise BackupRefused(f"{settings.MEDIA_ROOT} is not empty. To replace what it holds, add --over.")


def _erased_since(folder: Path, lists: Iterable[Path], *, has_table: bool, nothing_erased: bool) -> list[Line]:
    """Gather what is known to be erased: by the database that is about to be replaced, by the list beside it."""
    kept = Path(settings.ERASED_LIST)
    paths = [*lists, *([kept] if kept.exists() else [])]
    if not (paths or has_table or nothing_erased):
        raise BackupRefused(
            f"{kept} is missing: nobody knows who was erased since this backup. Bring the list back, name another with "
            "--erased, or say --nothing-erased."
        )
    known = whole_table() if has_table else []
    return [*known, *(line for path in (folder / ERASED, *paths) for line in read_list(path))]


def _load(folder: Path, made: Manifest) -> None:
    engine().load(folder / DATABASE)
    wrong = difference(made.rows, engine().rows())
    if wrong:
        raise BackupRefused(f"The database was restored, but not whole: {wrong}. Do not serve it.")
    uploads.unpack(folder / MEDIA, Path(settings.MEDIA_ROOT))


def _forget(lines: list[Line], *, now: datetime) -> Again:
    """Erase again, let go what is past its time, end sessions (some were ended since) and what is cached of them."""
    again = erase_again({line.digest: line for line in lines}.values())
    retention.purge(now=now)
    import_module(settings.SESSION_ENGINE).SessionStore.get_model_class().objects.all().delete()
    cache.clear()
    return again


def _record(folder: Path, again: Again, *, now: datetime) -> None:
    details = {"backup": folder.name, "erased_again": again.erased, "due": again.due}
    audit.record(actor_id=None, action="database restored", target="database", details=details, at=now)
