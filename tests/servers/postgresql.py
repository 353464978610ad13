"""A real PostgreSQL in a folder of its own, that tests may kill and restart."""

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psycopg

from .processes import find, free_port, ordinary_user

FAST = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off")
FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
ROLE = "socle"
OWNER, SERVING = "socle_owner", "socle_app"  # who migrates, who serves (docs/row-security.md)


class PostgreSQL:
    """A cluster in `folder`, listening on a free port of the loopback.

    `is_durable` keeps it as in production. Without it the suite is faster, but a killed server loses the last commits:
    with synchronous_commit=off they are still in its memory (tests/lms/assessments/test_crash.py shows it).
    """

    def __init__(self, folder: Path, *, is_durable: bool = False) -> None:
        self.folder, self.data, self.is_durable = folder, folder / "data", is_durable
        self.port = free_port()

    def url(self, database: str = "postgres", role: str = ROLE) -> str:
        """Return the address of a database of this cluster, for its superuser or another role."""
        return f"postgres://{role}@127.0.0.1:{self.port}/{database}"

    def create(self, template: Path | None = None) -> None:
        """Make the cluster, new or as a copy of the stopped one in `template`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if template:
            subprocess.run(["cp", "-a", f"{template}/.", str(self.data)], check=True)
        else:
            self.data.mkdir()
        self._give_away()
        if not template:
            self._run("initdb", "-D", str(self.data), "-U", ROLE, "--auth=trust", "--no-sync", *_LOCALE)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = ["-p", str(self.port), "-k", str(self.folder), "-c", "listen_addresses=127.0.0.1"]
        options += ["-c", "max_connections=200", "-c", "timezone=UTC", *([] if self.is_durable else FAST)]
        log = ["-l", str(self.folder / "log"), "-o", " ".join(options)]
        self._run("pg_ctl", "start", "-w", "-t", "60", "-D", str(self.data), *log)

    def stop(self) -> None:
        """Stop the server, if it runs, after a checkpoint."""
        if self.is_running():
            self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.data))

    def kill(self) -> None:
        """Kill the server and all its processes with SIGKILL, as a machine that runs out of memory does."""
        postmaster = self._pid()
        os.kill(postmaster, signal.SIGSTOP)  # or it would go on forking for the clients that come back
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(postmaster)], capture_output=True, text=True)
        pids = [postmaster, *(int(word) for word in children.stdout.split())]
        for pid in pids:
            _kill(pid)
        # As long as one is there, its shared memory keeps the next server from starting.
        while any(_exists(pid) for pid in pids):
            time.sleep(0.02)
        # In a container whose first process buries nobody, the dead postmaster keeps its number, and its locks hold.
        for lock in (self.data / "postmaster.pid", self.folder / f".s.PGSQL.{self.port}.lock"):
            lock.unlink()

    def is_running(self) -> bool:
        """Say whether the server's process is there."""
        return (self.data / "postmaster.pid").exists() and _exists(self._pid())

    def run(self, *statements: str) -> None:
        """Run statements that cannot be in a transaction, such as CREATE DATABASE."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def remove(self) -> None:
        """Stop the server and remove its folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _pid(self) -> int:
        return int((self.data / "postmaster.pid").read_text().splitlines()[0])

    def _give_away(self) -> None:
        """Give the folder to an ordinary user: PostgreSQL refuses to be root."""
        user = ordinary_user()
        if user:
            subprocess.run(["chown", "-R", user, str(self.folder)], check=True)
        self.data.chmod(0o700)

    def _run(self, name: str, *arguments: str) -> None:
        command = [str(find(name, "postgresql", FOLDERS)), *arguments]
        user = ordinary_user()
        if user:
            command = ["runuser", "-u", user, "--", *command]
        # Not a pipe: the server inherits it and would keep it open for ever.
        with (self.folder / "commands").open("a+") as output:
            done = subprocess.run(command, stdout=output, stderr=output, cwd=self.folder, check=False)
            output.seek(0)
            if done.returncode:
                raise RuntimeError(f"{name} failed:\n{output.read()}")


_LOCALE = ("--encoding=UTF8", "--locale=C.UTF-8")


def _exists(pid: int) -> bool:
    """Say whether the process runs (a zombie, whose parent has not looked yet, does not)."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return _answers_signals(pid) if not Path("/proc/self").exists() else False


def _answers_signals(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
