"""Migrated databases, kept in var/cache under a name that says what they were made of.

A migrate from nothing takes 40 s, most of it Wagtail's; copying its result takes a moment. The rows that migrations
create (the root page, the locale, the site) are part of it, which --nomigrations would leave out.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from .postgresql import OWNER, SERVING, PostgreSQL

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / "var" / "cache"
TEMPLATE = "socle_template"
KEPT = 4


def digest() -> str:
    """Return a short hash of everything that decides what an empty migrated database contains."""
    ours = [path for path in ROOT.glob("**/migrations/*.py") if not path.relative_to(ROOT).parts[0].startswith(".")]
    others = [ROOT / "requirements" / "dev.lock", ROOT / "lms" / "settings" / "parts" / "apps.py"]
    others += sorted(ROOT.glob("lms/walls/*.py"))
    total = hashlib.sha256(os.environ.get("DJANGO_SETTINGS_MODULE", "").encode())
    for path in sorted(ours) + others:
        total.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return total.hexdigest()[:16]


def sqlite_template() -> Path:
    """Return a migrated SQLite file, made now if there is none."""
    path = CACHE / f"template-{digest()}.sqlite3"
    with _one_at_a_time():
        if not path.exists():
            _make_sqlite(path)
            _forget_old("template-*.sqlite3")
    return path


def postgresql_template() -> Path:
    """Return the data folder of a stopped cluster that has a migrated database called socle_template."""
    path = CACHE / f"postgresql-{digest()}"
    with _one_at_a_time():
        if not path.exists():
            _make_postgresql(path)
            _forget_old("postgresql-*")
    return path


def _make_sqlite(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "template.sqlite3"
        _migrate(f"sqlite:///{made}")
        shutil.move(made, path)


def _make_postgresql(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        server = PostgreSQL(Path(folder) / "postgresql")
        server.create()
        server.start()
        try:
            server.run(f"CREATE ROLE {OWNER} LOGIN", f"CREATE ROLE {SERVING} LOGIN")
            server.run(f"CREATE DATABASE {TEMPLATE} OWNER {OWNER}")
            _grant(server.url(TEMPLATE, OWNER))
            _migrate(server.url(TEMPLATE, OWNER))
        finally:
            server.stop()
        unfinished = path.with_name(f"unfinished-{path.name}")
        subprocess.run(["rm", "-rf", str(unfinished)], check=True)
        subprocess.run(["cp", "-a", str(server.data), str(unfinished)], check=True)
        unfinished.rename(path)


def _grant(url: str) -> None:
    """Let the role that serves touch the rows of the tables to come, as docs/row-security.md says to.

    UPDATE of sequences is for loaddata, which tests use and nothing that is served does.
    """
    with psycopg.connect(url, autocommit=True) as owner:
        for what in ("SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE, UPDATE ON SEQUENCES"):
            owner.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {what} TO {SERVING}".encode())


def _migrate(url: str) -> None:
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"]
    environment = {"DJANGO_SETTINGS_MODULE": "lms.settings.test", **os.environ, "SOCLE_DATABASE_URL": url}
    subprocess.run(command, check=True, env=environment, cwd=ROOT)


def _forget_old(pattern: str) -> None:
    """Keep the few newest: branches come and go."""
    for path in sorted(CACHE.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let one process make a template while the others wait for it."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
