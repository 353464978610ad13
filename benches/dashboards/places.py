"""One size: a process inside the application, that does what it is asked in lines of JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]


class Place:
    """A database with so many responses, and a process that opens its pages."""

    def __init__(self, process: subprocess.Popen[str], environment: Mapping[str, str]) -> None:
        self.process, self.environment = process, environment
        told = self._read()
        self.responses: int = told["responses"]
        self.cases: list[str] = told["cases"]

    @classmethod
    @contextmanager
    def opened(cls, size: int, environment: Mapping[str, str]) -> Iterator[Self]:
        """Start the process, which first makes its responses grow to about `size` (0: as they are)."""
        process = _process(size, environment)
        try:
            yield cls(process, environment)
        finally:
            process.kill()
            process.wait()

    def ask(self, **what: Any) -> Any:
        """Return the answer of the process. Raises RuntimeError when it has stopped."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return self._read()

    def ask_alone(self, **what: Any) -> Any:
        """Return the answer of a process that has done nothing else: for its memory."""
        with Place.opened(0, self.environment) as other:
            return other.ask(**what)

    def _read(self) -> Any:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("The process inside the application has stopped; it says why above.")
        return json.loads(line)


def _process(size: int, environment: Mapping[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benches.dashboards.inside", str(size)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=dict(environment), stdin=pipe, stdout=pipe, text=True)
