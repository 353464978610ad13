"""The house under load: a database in a temporary folder, gunicorn with production's settings, the worker."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.postgresql import SERVING, PostgreSQL
from tests.servers.processes import free_port
from tests.servers.templates import CACHE, ROOT, TEMPLATE, postgresql_template, sqlite_template

HOST = "127.0.0.1"
PATIENCE = 60.0
COUNTING = "shared_preload_libraries = 'pg_stat_statements'\n"


class Store(ABC):
    """Where the answers go; made from a migrated template, so that only the loading is left to do."""

    name: str

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    @abstractmethod
    def url(self) -> str:
        """The address, as SOCLE_DATABASE_URL wants it; above any wall."""

    @property
    def served_url(self) -> str:
        """The address for the role that serves."""
        return self.url

    @abstractmethod
    def start(self) -> None:
        """Make it and have it answer."""

    def stop(self) -> None:  # noqa: B027 - a file has nothing to stop
        """Stop what runs."""


class OnPostgreSQL(Store):
    """A cluster with fsync, as in production."""

    name = "postgresql"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.server = PostgreSQL(folder / "server", is_durable=True)

    @property
    def url(self) -> str:
        return self.server.url(TEMPLATE)

    @property
    def served_url(self) -> str:
        return self.server.url(TEMPLATE, SERVING)

    @property
    def pid(self) -> int:
        """Return the process whose children serve the connections."""
        return int((self.server.data / "postmaster.pid").read_text().splitlines()[0])

    def start(self) -> None:
        self.server.create(template=postgresql_template())
        with (self.server.data / "postgresql.conf").open("a") as settings:
            settings.write(COUNTING)
        self.server.start()
        self.server.run("CREATE EXTENSION pg_stat_statements")

    def stop(self) -> None:
        self.server.remove()


class OnSQLite(Store):
    """One file, as `./demo` has it."""

    name = "sqlite"

    @property
    def path(self) -> Path:
        return self.folder / "socle.sqlite3"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def start(self) -> None:
        shutil.copy(sqlite_template(), self.path)


class House:
    """The processes of one installation."""

    def __init__(self, store: Store, *, people: int, workers: int, threads: int) -> None:
        self.store, self.port, self.people = store, free_port(), people
        self.workers, self.threads = workers, threads
        self.cookies: tuple[str, ...] = ()
        self.web: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """Production's settings for this database."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "lms.settings.base",
            "SOCLE_SECRET_KEY": "bench-" * 10,
            "SOCLE_HOSTS": HOST,
            "SOCLE_DATABASE_URL": self.store.served_url,
            "SOCLE_VAR": str(self.store.folder / "var"),
            "SOCLE_STATIC_ROOT": str(CACHE / "bench-static"),
            "PYTHONWARNINGS": "ignore",
        }

    def open(self) -> None:
        """Prepare the database, then serve."""
        for name in ("broker/messages", "broker/control", "media", "cache"):
            (self.store.folder / "var" / name).mkdir(parents=True, exist_ok=True)
        _collect_static(self.environment)
        command = [sys.executable, "-m", "benches.answers.preparing", str(self.people)]
        printed = subprocess.run(command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE).stdout
        self.cookies = tuple(json.loads(printed))
        options = ["--config", "lms/gunicorn.py", "--bind", f"{HOST}:{self.port}"]
        options += ["--workers", str(self.workers)] if self.workers else []
        options += ["--threads", str(self.threads)] if self.threads else []
        self.web = self._start("gunicorn", "lms.wsgi", *options)
        self._wait()

    def hire(self) -> None:
        """Start the worker that hands out events: in production it shares the machine."""
        schedule = str(self.store.folder / "var" / "broker" / "beat")
        options = ["--beat", "--schedule", schedule, "--loglevel", "warning"]
        self.worker = self._start("celery", "--app", "lms", "--quiet", "worker", *options)

    def dismiss(self) -> None:
        """Stop the worker."""
        if self.worker:
            self.worker.terminate()
            self.worker.wait(30)
        self.worker = None

    def close(self) -> None:
        """Stop everything."""
        self.dismiss()
        if self.web:
            self.web.terminate()
            self.web.wait(30)
        self.store.stop()

    def _start(self, module: str, *arguments: str) -> subprocess.Popen[bytes]:
        log = (self.store.folder / f"{module}.log").open("ab")
        command = [sys.executable, "-m", module, *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)

    def _wait(self) -> None:
        request = urllib.request.Request(f"http://{HOST}:{self.port}/healthz", headers={"X-Forwarded-Proto": "https"})
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(request, timeout=5).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError((self.store.folder / "gunicorn.log").read_text())


@contextmanager
def opened(kind: type[Store], *, people: int, workers: int, threads: int) -> Iterator[House]:
    """Open a house in a temporary folder, and leave nothing of it behind."""
    with tempfile.TemporaryDirectory(prefix="socle-bench-") as folder:
        Path(folder).chmod(0o755)
        store = kind(Path(folder))
        house = House(store, people=people, workers=workers, threads=threads)
        try:
            store.start()
            house.open()
            yield house
        finally:
            house.close()


def _collect_static(environment: dict[str, str]) -> None:
    """Collect and compress static files, once for as long as ours stay the same."""
    stamp, found = CACHE / "bench-static.stamp", hashlib.sha256()
    ours = [path for app in ("themes", "question_bank") for path in sorted((ROOT / app / "static").rglob("*"))]
    for path in [ROOT / "requirements" / "dev.lock", *ours]:
        found.update(path.read_bytes() if path.is_file() else b"")
    if stamp.exists() and stamp.read_text() == found.hexdigest():
        return
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    stamp.write_text(found.hexdigest())
