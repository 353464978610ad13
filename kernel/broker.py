"""Messages carried by files, each one whole when it appears.

Kombu's file transport opens a message under its final name and then writes it: a worker that looks in between takes an
empty file, fails to read it, and stops. Here a message is written aside, then renamed.
"""

import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps

TRIES = 20
PAUSE = 0.01  # seconds: the table of an exchange is written once, when a queue is first bound


class Channel(filesystem.Channel):
    """Kombu's channel, whose files are never seen half written."""

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        file = Path(self.data_folder_out, f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg")
        draft = file.with_name(f"{file.name}.draft")
        draft.write_text(dumps(payload), encoding="utf-8")  # type: ignore[no-untyped-call]
        draft.replace(file)

    def get_table(self, exchange: str) -> list[Any]:
        """Return the queues of an exchange, once its table is written."""
        found: list[Any] = _patiently(lambda: super(Channel, self).get_table(exchange))  # type: ignore[no-untyped-call]
        return found

    def _queue_bind(self, *args: Any) -> None:
        _patiently(lambda: super(Channel, self)._queue_bind(*args))  # type: ignore[no-untyped-call]


class Transport(filesystem.Transport):
    Channel = Channel


def _patiently(read: Callable[[], Any]) -> Any:
    """Read again a table that another process has created and not yet filled."""
    for _ in range(TRIES - 1):
        try:
            return read()
        except ValueError:
            time.sleep(PAUSE)
    return read()
