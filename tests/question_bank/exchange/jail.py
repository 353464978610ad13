"""Reads one file in a child process with little memory and time, and no right to open a file or a connection.

`python -m tests.question_bank.exchange.jail`: one JSON list [name, path] per line in, one verdict per line out.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

MEGABYTE = 1024 * 1024
GROWTH = 64 * MEGABYTE
SECONDS = 2
REFUSED_EVENTS = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.remove", "os.mkdir", "shutil.", "urllib.",
)  # fmt: skip


def serve() -> None:
    from question_bank.exchange import formats

    from . import warming

    warming.up(formats)
    for line in sys.stdin:
        name, path = json.loads(line)
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            with os.fdopen(writing, "w") as pipe:
                json.dump(_verdict(formats, name, Path(path)), pipe)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            told = pipe.read()
        _pid, status = os.waitpid(child, 0)
        sys.stdout.write((told or json.dumps({"died": status})) + "\n")
        sys.stdout.flush()


def _verdict(formats: Any, name: str, path: Path) -> dict[str, Any]:
    seen: list[str] = []
    data = path.read_bytes()
    before = _status("VmRSS")
    limit = _status("VmSize") + 2 * GROWTH
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
    sys.addaudithook(lambda event, args: seen.append(event) if _is_act(event) else None)
    start = time.perf_counter()
    said, items, left_out, about = _read(formats, name, data)
    seconds, acts = time.perf_counter() - start, list(seen)  # before we open anything ourselves
    return {
        "seconds": seconds,
        "growth": max(0, _status("VmHWM") - before) / MEGABYTE,
        "acts": acts,
        "said": said,
        "items": items,
        "left_out": left_out,
        "about": about,
    }


def _is_act(event: str) -> bool:
    return event == "open" or event.startswith(REFUSED_EVENTS)


def _read(formats: Any, name: str, data: bytes) -> tuple[str, list[Any], list[str], list[str]]:
    from question_bank.exchange.preparing import prepare

    try:
        found = formats.read(name, data)
    except formats.Refused as error:
        return str(error), [], [], []
    candidates, refused = prepare(found.items, keys=(), said={})
    notes = [str(note) for one in candidates for note in one.notes] + [str(note) for note in found.about]
    return (
        "",
        [one.data for one in candidates[:3]],
        [str(note) for note in (*found.left_out[:20], *refused)],
        notes[:20],
    )


def _status(field: str) -> int:
    with Path("/proc/self/status").open() as lines:
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{field}:"))


if __name__ == "__main__":
    serve()
