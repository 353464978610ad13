"""The list of what was erased, kept in a file: it must outlive the database whose backup is restored."""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from kernel.models import Erasure

BATCH = 5_000


class UnreadableList(Exception):
    """A line of the file says nothing: what it said was erased is not known."""


@dataclass(frozen=True)
class Line:
    """One thing erased: `digest` is that of its uuid (`digest_of`)."""

    kind: str
    digest: str
    at: datetime


def write_list(*, before: datetime | None = None) -> int:
    """Add to the file what it does not say yet, drop what is older than `before`; return how many lines it gained.

    What the file says and the database does not stays: after a restore by hand, the file is the one that knows.
    """
    path = Path(settings.ERASED_LIST)
    path.parent.mkdir(parents=True, exist_ok=True)
    with _alone(path):
        pending = list(Erasure.objects.filter(is_listed=False).order_by("pk")[:BATCH])
        if pending or before is not None or not path.exists():
            known = read_list(path) if path.exists() else whole_table()
            lines = {line.digest: line for line in (*known, *map(line_of, pending))}
            _replace(path, [line for line in lines.values() if before is None or line.at >= before])
            Erasure.objects.filter(pk__in=[row.pk for row in pending]).update(is_listed=True)
        return len(pending)


def read_list(path: Path) -> list[Line]:
    """Return the lines of a file. Raises UnreadableList with the number of the first that is not one."""
    return [_line(path, number, text) for number, text in enumerate(path.read_text("utf-8").splitlines(), 1)]


def line_of(row: Erasure) -> Line:
    """Return a row of the table as a line of the file."""
    return Line(row.kind, row.digest, row.at)


def whole_table() -> list[Line]:
    """Return all that this database knows to be erased, oldest first."""
    return [line_of(row) for row in Erasure.objects.order_by("pk").iterator()]


def save(path: Path, lines: Iterable[Line]) -> None:
    """Write lines, oldest first; on disk when this returns."""
    with path.open("w", encoding="utf-8") as file:
        for line in sorted(lines, key=lambda line: (line.at, line.digest)):
            file.write(json.dumps({"kind": line.kind, "digest": line.digest, "at": line.at.isoformat()}) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _replace(path: Path, lines: Iterable[Line]) -> None:
    """Write the file beside, then put it in place: whoever reads finds the old one or the new one, whole."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    save(unfinished, lines)
    unfinished.replace(path)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let one process write the list while the others wait for it."""
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _line(path: Path, number: int, text: str) -> Line:
    try:
        fields = json.loads(text)
        return Line(str(fields["kind"]), str(fields["digest"]), datetime.fromisoformat(fields["at"]))
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableList(f"{path}:{number}: this line of the list of what was erased cannot be read.") from error
