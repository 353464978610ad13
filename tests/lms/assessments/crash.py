"""Web processes and a database to kill, and people who answer over HTTP meanwhile, as the contract tells them to."""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.lms.assessments.taking import ATTEMPTS, right_shape
from tests.servers.processes import free_port

ROOT = Path(__file__).resolve().parents[3]
LOAD = "import django; django.setup(); from tests.lms.assessments.loaded import load_from_files; load_from_files()"
PATIENCE = 60  # seconds to repeat one request before giving up
EXCUSES = {503}  # the only one a server has


def environment(url: str) -> dict[str, str]:
    """Return the environment of a process of ours on the database at `url`."""
    ours = {"SOCLE_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "lms.settings.test", "PYTHONWARNINGS": "ignore"}
    return {**os.environ, **ours}


def load(url: str) -> None:
    """Put the bank in the database at `url`."""
    subprocess.run([sys.executable, "-c", LOAD], env=environment(url), cwd=ROOT, check=True)


class Web:
    """A gunicorn with two web processes, as in production."""

    def __init__(self, url: str, application: str = "lms.wsgi") -> None:
        self.port = free_port()
        options = ["--workers", "2", "--threads", "8", "--worker-class", "gthread", "--preload", "--no-control-socket"]
        command = [sys.executable, "-m", "gunicorn", application, *options, "--log-level", "critical"]
        self.process = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{self.port}"], env=environment(url), cwd=ROOT, stderr=subprocess.DEVNULL
        )
        self._wait(time.monotonic() + 60)

    def kill_one(self) -> None:
        """Kill a web process with SIGKILL; the master starts another."""
        pids = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True)
        with suppress(ProcessLookupError, IndexError):
            os.kill(int(random.choice(pids.stdout.split())), signal.SIGKILL)

    def stop(self) -> None:
        """Stop the master and its processes."""
        self.process.terminate()
        self.process.wait(30)

    def _wait(self, deadline: float) -> None:
        while time.monotonic() < deadline:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.1)
        raise RuntimeError("gunicorn does not listen.")


@dataclass
class Told:
    """One acknowledged answer: where, under which key, what was sent, and what was said."""

    token: str
    key: str
    payload: dict[str, Any]
    body: bytes


@dataclass
class HttpTaker:
    """Takes attempt after attempt until told to stop; repeats each request until it is acknowledged."""

    port: int
    told: list[Told] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)  # what no contract allows
    repeats: int = 0

    def run(self, is_enough: Callable[[], bool]) -> None:
        """Answer until it is enough."""
        body: dict[str, Any] = {}
        while not is_enough() and not self.broken:
            body = self._answer(body) if "item" in body else json.loads(self._ask(ATTEMPTS, {"assessment": "citizen"}))

    def _answer(self, body: dict[str, Any]) -> dict[str, Any]:
        payload = {"item": body["item"]["id"], "answer": right_shape(body["item"])}
        key, token = uuid4().hex, body["attempt"]
        said = self._ask(f"{ATTEMPTS}/{token}/responses", payload, key)
        self.told.append(Told(token, key, payload, said))
        return dict(json.loads(said))

    def _ask(self, address: str, payload: dict[str, Any], key: str = "") -> bytes:
        """Send until acknowledged; return the body, or an empty object when something is broken."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            status, said = self.send(address, payload, key)
            if status in {200, 201}:
                return said
            if status and status not in EXCUSES:
                self.broken.append(f"{status}: {said[:200]!r}")
                return b"{}"
            self.repeats += 1
            time.sleep(random.uniform(0.02, 0.1))
        self.broken.append(f"no answer in {PATIENCE} s")
        return b"{}"

    def send(self, address: str, payload: dict[str, Any], key: str) -> tuple[int, bytes]:
        """Send once; status 0 when the connection broke."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            headers = {"Content-Type": "application/json", **({"Idempotency-Key": key} if key else {})}
            connection.request("POST", address, json.dumps(payload), headers)
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()


@dataclass
class Crowd:
    """Twelve people who answer at once."""

    port: int
    enough: int
    takers: list[HttpTaker] = field(default_factory=list)

    @property
    def told(self) -> list[Told]:
        """Every acknowledged answer, in order for each person."""
        return [one for taker in self.takers for one in list(taker.told)]

    @property
    def broken(self) -> list[str]:
        """What no contract allows."""
        return [one for taker in self.takers for one in taker.broken]

    def answer(self, disturb: Callable[[int], Any]) -> None:
        """Let them answer until there are enough answers, calling `disturb` with their number all along."""
        self.takers = [HttpTaker(self.port) for _ in range(12)]
        threads = [threading.Thread(target=taker.run, args=[self._is_enough]) for taker in self.takers]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            disturb(len(self.told))
            time.sleep(0.05)

    def _is_enough(self) -> bool:
        return len(self.told) >= self.enough or bool(self.broken)
