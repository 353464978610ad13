"""A real Redis in a folder of its own."""

import subprocess
import time
from pathlib import Path

import redis

from .processes import find, free_port


class Redis:
    """A server without persistence, on a free port of the loopback."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return the server's address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        program = find("redis-server", "redis-server")
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self.folder.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
        self._wait(time.monotonic() + 10)

    def stop(self) -> None:
        """Stop the server."""
        if self.process:
            self.process.terminate()
            self.process.wait(10)

    def _wait(self, deadline: float) -> None:
        while time.monotonic() < deadline:
            try:
                with redis.Redis(port=self.port) as client:
                    client.ping()
                return
            except redis.ConnectionError:
                time.sleep(0.05)
        raise RuntimeError("redis-server does not answer.")
