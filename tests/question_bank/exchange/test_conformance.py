"""The bench of conformance counts what is read and names what is not; a reader that breaks shows."""

import pytest

from benches.conformance import command

from .warming import SOUND


@pytest.fixture
def suite(tmp_path):
    for name, data in SOUND.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "essay.xml").write_bytes(
        b'<quiz><question type="essay"><questiontext><text>?</text></questiontext></question></quiz>'
    )
    (tmp_path / "bad.xml").write_bytes(b"<!DOCTYPE quiz><quiz/>")
    (tmp_path / "read.me").write_bytes(b"not counted")
    return tmp_path


def test_counts(suite):
    found = command.count(suite)
    assert (found.files, found.items, found.left_out, found.refused) == (len(SOUND) + 2, len(SOUND), 1, 1)
    assert found.crashed == []
    assert any("essay" in reason for reason in found.reasons)


def test_a_crash_is_named_and_fails(suite, monkeypatch, capsys):
    def breaks(name, data):
        raise KeyError(name)

    monkeypatch.setattr(command, "read", breaks)
    assert command.main(["--suite", str(suite)]) == 1
    assert "CRASH" in capsys.readouterr().out


def test_the_command(suite, tmp_path, capsys):
    assert command.main(["--suite", str(suite)]) == 0
    assert '"figure": "items_read"' in capsys.readouterr().out
    assert command.main(["--suite", str(tmp_path / "none")]) == 2
