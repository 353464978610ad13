"""Messages in files: whole when they appear, in order, and a table being written is waited for."""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection
from kombu.transport import filesystem

from kernel import broker


@pytest.fixture
def channel(tmp_path: Path) -> Iterator[Any]:
    for name in ("messages", "control"):
        (tmp_path / name).mkdir()
    options = {
        "data_folder_in": str(tmp_path / "messages"),
        "data_folder_out": str(tmp_path / "messages"),
        "control_folder": str(tmp_path / "control"),
    }
    with Connection(transport=broker.Transport, transport_options=options) as connection:
        yield connection.channel()


def read_all(channel: Any) -> list[Any]:
    found = []
    while True:
        try:
            found.append(channel._get("work"))
        except Exception as error:  # Empty is what ends it; anything else is the fault looked for
            return found if type(error).__name__ == "Empty" else [error]


def write(channel: Any, seen: list[Any], until: int) -> None:
    for number in range(until):
        channel._put("work", {"number": number, "filling": "x" * 20_000})
    seen.append(until)


def test_a_message_comes_back(channel: Any) -> None:
    channel._put("work", {"number": 1})
    channel._put("rest", {"number": 2})
    assert read_all(channel) == [{"number": 1}]


def test_a_message_is_never_seen_half_written(channel: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    original = Path.write_text

    def look_first(self: Path, data: str, **options: Any) -> int:
        written.append(self.name)
        self.touch()
        assert read_all(channel) == []  # what kombu's own transport would take here is empty
        return original(self, data, **options)

    monkeypatch.setattr(Path, "write_text", look_first)
    channel._put("work", {"number": 1})
    assert written
    assert read_all(channel) == [{"number": 1}]


def test_readers_and_writers_at_once(channel: Any) -> None:
    done: list[Any] = []
    writers = [threading.Thread(target=write, args=(channel, done, 40)) for _ in range(3)]
    for writer in writers:
        writer.start()
    found: list[Any] = []
    while len(done) < 3:
        found += read_all(channel)
    found += read_all(channel)
    assert sorted(message["number"] for message in found) == sorted([*range(40)] * 3)


def test_a_table_being_written_is_waited_for(channel: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    table = channel.control_folder / "news.exchange"
    table.write_text("")
    monkeypatch.setattr(time, "sleep", lambda _: table.write_text(json.dumps([["", "", "work"]])))
    assert [queue.queue for queue in channel.get_table("news")] == ["work"]


def test_a_table_that_stays_empty_is_an_error(channel: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker, "PAUSE", 0.0)
    (channel.control_folder / "news.exchange").write_text("")
    with pytest.raises(ValueError, match="Expecting value"):
        channel.get_table("news")


def test_celery_uses_it() -> None:
    from lms import celery_app

    with celery_app.connection_for_write("filesystem://") as connection:
        assert isinstance(connection.transport, broker.Transport)
    assert broker.Channel._get is filesystem.Channel._get
