"""A whole Socle for the browser to visit: production's code and files, a database where every state is on stage."""

import fcntl
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.servers.processes import free_port
from tests.servers.templates import CACHE, ROOT, sqlite_template

HOST = "127.0.0.1"
PATIENCE = 90.0
# What decides the rows that the loaders write.
LOADED = (
    "question_bank",
    "competencies",
    "kernel/data",
    "lms/assessments/data",
    "lms/learning",
    "lms/demonstration",
    "tests/e2e/staging.py",
)
STATIC = ("themes/static", "question_bank/static", "requirements/dev.lock", "lms/settings/parts/files.py")
KEPT = 2


@dataclass
class Installation:
    """Where it answers, what was put on stage (tests/e2e/staging.py), its database and its server."""

    url: str
    stage: dict[str, Any]
    database: Path
    server: int

    def query(self, statement: str, *parameters: object) -> list[Any]:
        """Run one statement on the database the server works on."""
        connection = sqlite3.connect(self.database, timeout=20)
        try:
            with connection:
                return connection.execute(statement, parameters).fetchall()
        finally:
            connection.close()

    def answers(self, token: str) -> int:
        """Count the answers on disk of the attempt at `token`."""
        joined = "assessments_response JOIN assessments_attempt ON assessments_attempt.id = attempt_id"
        return int(self.query(f"SELECT count(*) FROM {joined} WHERE token = ?", token)[0][0])

    def work(self) -> None:
        """Do what a worker would do now: no worker runs beside the pages, so that a test says when."""
        _python("tests.e2e.staging", "work", environment=_environment(self.database.parent))

    @contextmanager
    def database_away(self) -> Iterator[None]:
        """Take the database away for a while, from new processes: the old ones keep the file they have opened."""
        away = self.database.with_name("away.sqlite3")
        self.database.rename(away)
        self.database.mkdir()
        try:
            self._renew_processes()
            yield
        finally:
            self.database.rmdir()
            away.rename(self.database)

    def _renew_processes(self) -> None:
        children = Path(f"/proc/{self.server}/task/{self.server}/children")
        before, deadline = set(children.read_text().split()), time.monotonic() + PATIENCE
        os.kill(self.server, signal.SIGHUP)
        while time.monotonic() < deadline and (before & (now := set(children.read_text().split())) or not now):
            time.sleep(0.1)
        while time.monotonic() < deadline and not _replies(self.url):
            time.sleep(0.1)


@contextmanager
def installed(folder: Path) -> Iterator[Installation]:
    """Serve a loaded and staged installation from `folder` while the block lasts."""
    for name in ("broker/messages", "broker/control", "media", "mail", "cache"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    environment = _environment(folder)
    _collected(environment)
    shutil.copyfile(_loaded(folder), folder / "socle.sqlite3")
    port = free_port()
    server = _serve(port, folder, environment)
    try:
        stage = _python("tests.e2e.staging", "stage", environment=environment)
        _wait(port, server, folder)
        yield Installation(f"http://{HOST}:{port}", json.loads(stage), folder / "socle.sqlite3", server.pid)
    finally:
        server.terminate()
        server.wait(30)


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SOCLE_", "DJANGO_"))}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "lms.settings.demo",
        "SOCLE_VAR": str(folder),
        "SOCLE_STATIC_ROOT": str(CACHE / f"pages-static-{_digest(STATIC)}"),
        "PYTHONWARNINGS": "ignore",
    }


def _serve(port: int, folder: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    options = ["--config", "lms/gunicorn.py", "--bind", f"{HOST}:{port}", "--workers", "1", "--threads", "4"]
    command = [sys.executable, "-m", "gunicorn", "lms.wsgi", *options]
    with (folder / "gunicorn.log").open("ab") as log:
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)


def _wait(port: int, server: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        if _replies(f"http://{HOST}:{port}"):
            return
        time.sleep(0.1)
    raise RuntimeError((folder / "gunicorn.log").read_text())


def _replies(url: str) -> bool:
    """Whether a process is there to reply, be it that the database is away or that no worker hands out events."""
    try:
        urllib.request.urlopen(f"{url}/healthz", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _python(*module: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", *module]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def _loaded(folder: Path) -> Path:
    """Return a database with the framework, the whole bank, the assessments and the demonstration's people."""
    template = sqlite_template()
    made = CACHE / f"loaded-{_digest(LOADED, template.name)}.sqlite3"
    with _one_at_a_time():
        if not made.exists():
            draft = folder / "loading.sqlite3"
            shutil.copyfile(template, draft)
            _python(
                "tests.e2e.staging",
                "load",
                environment={**_environment(folder), "SOCLE_DATABASE_URL": f"sqlite:///{draft}"},
            )
            _settle(draft)
            shutil.move(draft, made)
            _forget("loaded-*")
    return made


def _settle(database: Path) -> None:
    """Bring what is still in the write-ahead log into the file."""
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _collected(environment: dict[str, str]) -> None:
    """Collect and compress the static files, once for as long as they stay the same."""
    made = Path(environment["SOCLE_STATIC_ROOT"])
    with _one_at_a_time():
        if not made.exists():
            draft = made.with_name(f"unfinished-{made.name}")
            shutil.rmtree(draft, ignore_errors=True)
            command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
            subprocess.run(command, cwd=ROOT, env={**environment, "SOCLE_STATIC_ROOT": str(draft)}, check=True)
            draft.rename(made)
            _forget("pages-static-*")


def _digest(names: tuple[str, ...], *more: str) -> str:
    total = hashlib.sha256(" ".join(more).encode())
    for path in (found for name in names for found in sorted([ROOT / name, *(ROOT / name).rglob("*")])):
        if path.is_file() and path.suffix != ".pyc":
            total.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return total.hexdigest()[:16]


def _forget(pattern: str) -> None:
    for path in sorted(CACHE.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "pages.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
