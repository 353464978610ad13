"""Files made to hurt: refused with a readable line, in little time and memory, nothing opened, nothing written."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from question_bank.exchange import archives, markup
from question_bank.exchange.formats import read
from question_bank.exchange.notes import Refused
from question_bank.exchange.tables import rows

from . import hostile, warming
from .jail import SECONDS

ROOT = Path(__file__).resolve().parents[3]
DANGER = re.compile(r"<\s*script|javascript:|data:text|onerror=alert\(1\)>|onclick|[\u202a-\u202e]", re.IGNORECASE)


class Jail:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.child = subprocess.Popen(
            [sys.executable, "-m", f"{__package__}.jail"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def judge(self, name: str, data: bytes):
        path = self.folder / "file"
        path.write_bytes(data)
        assert self.child.stdin
        assert self.child.stdout
        self.child.stdin.write(json.dumps([name, str(path)]) + "\n")
        self.child.stdin.flush()
        return json.loads(self.child.stdout.readline())

    def close(self) -> None:
        assert self.child.stdin
        assert self.child.stdout
        self.child.stdin.close()
        self.child.stdout.close()
        self.child.wait(timeout=10)


@pytest.fixture(scope="module")
def jail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jail]:
    made = Jail(tmp_path_factory.mktemp("jail"))
    yield made
    made.close()


def test_there_are_enough_of_them():
    assert len(hostile.HOSTILE) + len(hostile.HARMLESS) >= 40


@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_refused_at_little_cost(name, jail):
    verdict = jail.judge(name, hostile.HOSTILE[name]())
    assert "died" not in verdict, "it ran out of memory or time"
    assert verdict["items"] == []
    said = verdict["said"] or " ".join(verdict["left_out"])
    assert 15 < len(said) < 12_000
    assert said.replace("\u00a0", " ").isprintable()
    assert verdict["acts"] == []
    assert verdict["seconds"] <= SECONDS
    assert verdict["growth"] <= 64


@pytest.mark.parametrize("name", hostile.HARMLESS)
def test_made_harmless(name, jail):
    verdict = jail.judge(name, hostile.HARMLESS[name]())
    assert verdict["items"], verdict
    assert not DANGER.search(json.dumps([item["fr"] for item in verdict["items"]], ensure_ascii=False))
    assert verdict["acts"] == []
    assert verdict["seconds"] <= SECONDS
    assert verdict["growth"] <= 64


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("script in HTML.xml", "script"),
        ("script in SVG.xml", "SVG"),
        ("javascript link.xml", "javascript"),
        ("data link.xml", "data:"),
        ("frames and forms.xml", "iframe"),
        ("cp1252.csv", "Windows-1252"),
    ],
)
def test_what_is_taken_away_is_said(name, words):
    found = read(name, hostile.HARMLESS[name]())
    notes = [str(note) for note in (*found.about, *(note for item in found.items for note in item.notes))]
    assert any(words in note for note in notes), notes


def test_the_jail_sees_what_a_reader_must_not_do(jail, tmp_path):
    """The mutant: a reader that opens a file, and one that takes its time and memory, are seen."""
    assert jail.judge("a.xml", warming.SOUND["a.xml"])["acts"] == []
    code = (
        "import sys\nfrom types import SimpleNamespace\nfrom pathlib import Path\n"
        "from tests.question_bank.exchange import jail\n"
        "def read(name, data):\n    Path('/etc/hostname').read_bytes()\n    kept = bytearray(70 * 2**20)\n"
        "    return SimpleNamespace(items=[], about=[], left_out=[len(kept)])\n"
        "class Refused(Exception): pass\n"
        "v = jail._verdict(SimpleNamespace(read=read, Refused=Refused), 'x', Path(sys.argv[1]))\n"
        "assert 'open' in v['acts'] and v['growth'] > 64, v\n"
    )
    path = tmp_path / "x"
    path.write_bytes(b"x")
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def refusal(name: str) -> str:
    try:
        found = read(name, hostile.HOSTILE[name]())
    except Refused as error:
        return error.note.msgid
    return found.left_out[0].msgid if found.left_out else ""


@pytest.mark.parametrize(
    ("name", "place", "check", "mutant"),
    [
        ("path traversal.zip", archives, "_is_outside", lambda name: False),
        ("absolute path.zip", archives, "_is_outside", lambda name: False),
        ("overlapping.zip", archives, "_check_together", lambda entries: None),
        ("duplicate names.zip", archives, "_check_together", lambda entries: None),
        ("symbolic link.zip", archives, "_faults", lambda entry: iter(())),
        ("a nested bomb.zip", archives, "NESTED", ("nothing",)),
        ("encrypted.zip", archives, "ENCRYPTED", 0),
        ("a bomb.zip", archives, "MAX_RATIO", 10**9),
        ("XInclude.xml", markup, "XINCLUDE", "nothing"),
        ("deep XML.xml", markup, "MAX_DEPTH", 10**9),
        ("UTF-7.xml", markup, "ENCODINGS", {"utf-7": "utf-8"}),
        ("a million columns.csv", rows, "MAX_COLUMNS", 10**9),
    ],
)
def test_it_is_the_check_that_refuses(name, place, check, mutant, monkeypatch):
    """Without the check, the file is read, or stopped by another one for another reason."""
    if name == "a million columns.csv":
        name, make = "columns.csv", lambda: b"fr.question" + b",x" * 500 + b"\nq\n"
        monkeypatch.setitem(hostile.HOSTILE, name, make)
    with_check = refusal(name)
    assert with_check
    monkeypatch.setattr(place, check, mutant)
    assert refusal(name) != with_check


def test_entities_are_refused_by_their_declaration(monkeypatch):
    """The mutant: a parser that lets document types in expands what they declare."""
    real = markup.XMLParser
    monkeypatch.setattr(
        markup, "XMLParser", lambda **options: real(**{**options, "forbid_dtd": False, "forbid_entities": False})
    )
    found = read("x.xml", hostile.qti("<p>&x;</p>", '<!DOCTYPE q [<!ENTITY x "expanded">]>'))
    assert found.items[0].data["fr"]["context"] == "expanded"
